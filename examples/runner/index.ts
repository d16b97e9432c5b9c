import * as gitpod from "pulumi-gitpod";

const runner = new gitpod.Runner("frankfurt", {
  name: "Frankfurt",
  provider: gitpod.RunnerProvider.AWS_EC2,
  spec: {
    configuration: { region: "eu-central-1", autoUpdate: true, releaseChannel: gitpod.RunnerReleaseChannel.STABLE },
  },
});

export const runnerId = runner.id;
// What the cloud stack of the runner signs it up with.
export const exchangeToken = runner.exchangeToken;
