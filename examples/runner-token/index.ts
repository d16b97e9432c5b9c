import * as gitpod from "pulumi-gitpod";

const runner = new gitpod.Runner("frankfurt", {
  name: "Frankfurt",
  provider: gitpod.RunnerProvider.AWS_EC2,
  spec: { configuration: { region: "eu-central-1" } },
});

const token = new gitpod.RunnerToken("again", { runnerId: runner.id, triggers: { stack: "2" } });

export const exchangeToken = token.exchangeToken;
