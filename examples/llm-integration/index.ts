import * as pulumi from "@pulumi/pulumi";
import * as gitpod from "pulumi-gitpod";

// A class of the runner that the integration is for: any of them names it.
const classes = gitpod.listEnvironmentClassesOutput({ filter: { enabled: true } });
const runnerId = classes.apply((found) => found[0]?.runnerId ?? "");

const models = new gitpod.LlmIntegration("models", {
  runnerId,
  models: [gitpod.SupportedModel.SONNET_4_5],
  endpoint: "https://api.anthropic.com",
  // Set with `pulumi config set --secret apiKey`.
  apiKey: new pulumi.Config().getSecret("apiKey") ?? pulumi.secret("change-me"),
});

export const phase = models.phase;
