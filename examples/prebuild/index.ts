import * as pulumi from "@pulumi/pulumi";
import * as gitpod from "pulumi-gitpod";

const classes = gitpod.listEnvironmentClassesOutput({ filter: { enabled: true, canCreateEnvironments: true } });
const project = new gitpod.Project("website", {
  name: "Website",
  initializer: { specs: [{ git: { remoteUri: "https://github.com/gitpod-io/empty" } }] },
  environmentClasses: classes.apply((found) => found.map(({ id }, order) => ({ environmentClassId: id, order }))),
  prebuildConfiguration: {
    enabled: true,
    environmentClassIds: classes.apply((found) => found.map(({ id }) => id)),
  },
});

// Another commit makes another prebuild: `pulumi config set commit …` with each merge.
const prebuild = new gitpod.Prebuild("website", {
  projectId: project.id,
  environmentClassId: classes.apply((found) => found[0]?.id ?? ""),
  spec: { timeout: "1800s" },
  triggers: { commit: new pulumi.Config().get("commit") ?? "main" },
});

export const prebuildId = prebuild.id;
