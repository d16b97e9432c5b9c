import * as pulumi from "@pulumi/pulumi";
import * as gitpod from "pulumi-gitpod";
import { CloudStack } from "./cloud-stack";

const config = new pulumi.Config();
const runner = new gitpod.Runner("frankfurt", {
  name: "Frankfurt",
  provider: gitpod.RunnerProvider.AWS_EC2,
  spec: { configuration: { region: "eu-central-1", autoUpdate: true } },
});

// The software of the runner in your cloud, such as an `aws.cloudformation.Stack` of the vendor's template.
const stack = new CloudStack("frankfurt", { runnerId: runner.id, exchangeToken: runner.exchangeToken });

// Returns when the runner is up; what needs that takes its id.
const active = new gitpod.ActiveRunner("frankfurt", { runnerId: runner.id }, { dependsOn: stack });

const large = new gitpod.EnvironmentClass("large", {
  runnerId: active.id,
  displayName: "Large, in Frankfurt",
  description: "8 cores, 32 GB of memory",
  configuration: [{ key: "machineType", value: "m6i.2xlarge" }],
});

const github = new gitpod.ScmIntegration("github", {
  runnerId: active.id,
  scmId: "github",
  host: "github.com",
  oauthClientId: config.get("githubClientId") ?? "Iv1.0123456789abcdef",
  // Set with `pulumi config set --secret githubClientSecret`.
  oauthPlaintextClientSecret: config.getSecret("githubClientSecret") ?? pulumi.secret("change-me"),
});

const shop = new gitpod.Project(
  "shop",
  {
    name: "Shop",
    initializer: { specs: [{ git: { remoteUri: "https://github.com/gitpod-io/empty" } }] },
    environmentClasses: [{ environmentClassId: large.id, order: 0 }],
    prebuildConfiguration: { enabled: true, environmentClassIds: [large.id] },
  },
  // Its prebuilds read the repository.
  { dependsOn: github },
);

const pool = new gitpod.WarmPool("shop", { projectId: shop.id, environmentClassId: large.id, minSize: 1, maxSize: 3 });

export const runnerId = active.id;
export const poolId = pool.id;
