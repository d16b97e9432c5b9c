import * as pulumi from "@pulumi/pulumi";
import * as gitpod from "pulumi-gitpod";

const classes = gitpod.listEnvironmentClassesOutput({ filter: { enabled: true, canCreateEnvironments: true } });
const environmentClassId = classes.apply((found) => found[0]?.id ?? "");
const project = new gitpod.Project("website", {
  name: "Website",
  initializer: { specs: [{ git: { remoteUri: "https://github.com/gitpod-io/empty" } }] },
  environmentClasses: [{ environmentClassId, order: 0 }],
  prebuildConfiguration: { enabled: true, environmentClassIds: [environmentClassId] },
});

// Another commit makes another prebuild: `pulumi config set commit …` with each merge.
const prebuild = new gitpod.Prebuild("website", {
  projectId: project.id,
  spec: { timeout: "1800s" },
  triggers: { commit: new pulumi.Config().get("commit") ?? "main" },
});

export const prebuildId = prebuild.id;
