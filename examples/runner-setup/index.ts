import * as pulumi from "@pulumi/pulumi";
import * as gitpod from "pulumi-gitpod";

const config = new pulumi.Config();
// A runner that exists: that of any class that is there, unless `pulumi config set runnerId` names another one.
const classes = gitpod.listEnvironmentClassesOutput({ filter: { enabled: true } });
const runnerId = config.get("runnerId") ?? classes.apply((found) => found[0]?.runnerId ?? "");

const large = new gitpod.EnvironmentClass("large", {
  runnerId,
  displayName: "Large, for the shop",
  description: "8 cores, 32 GB of memory",
  configuration: [{ key: "machineType", value: "m6i.2xlarge" }],
});

const github = new gitpod.ScmIntegration("github", {
  runnerId,
  scmId: "github",
  host: "github.com",
  oauthClientId: config.get("githubClientId") ?? "Iv1.0123456789abcdef",
  // Set with `pulumi config set --secret githubClientSecret`.
  oauthPlaintextClientSecret: config.getSecret("githubClientSecret") ?? pulumi.secret("change-me"),
  pat: true,
});

const models = new gitpod.LlmIntegration("models", {
  runnerId,
  models: [gitpod.SupportedModel.SONNET_4_5],
  endpoint: "https://api.anthropic.com",
  // Set with `pulumi config set --secret llmApiKey`.
  apiKey: config.getSecret("llmApiKey") ?? pulumi.secret("change-me"),
});

const shop = new gitpod.Project(
  "shop",
  {
    name: "Shop",
    initializer: { specs: [{ git: { remoteUri: "https://github.com/gitpod-io/empty" } }] },
    environmentClasses: [{ environmentClassId: large.id, order: 0 }],
    prebuildConfiguration: {
      enabled: true,
      environmentClassIds: [large.id],
      trigger: { dailySchedule: { hourUtc: 4 } },
    },
  },
  // Its prebuilds read the repository.
  { dependsOn: github },
);

// The class must be one of those that the project has prebuilds for.
const pool = new gitpod.WarmPool("shop", {
  projectId: shop.id,
  environmentClassId: large.id,
  minSize: 1,
  maxSize: 3,
});

export const projectId = shop.id;
export const poolId = pool.id;
export const modelsPhase = models.phase;
