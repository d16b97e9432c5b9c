import * as gitpod from "pulumi-gitpod";

const runner = new gitpod.Runner("stockholm", {
  name: "Stockholm",
  provider: gitpod.RunnerProvider.AWS_EC2,
  spec: { configuration: { region: "eu-north-1" } },
});

const token = new gitpod.RunnerToken("again", { runnerId: runner.id, triggers: { stack: "2" } });

export const exchangeToken = token.exchangeToken;
