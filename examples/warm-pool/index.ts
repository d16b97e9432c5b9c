import * as gitpod from "pulumi-gitpod";

const classes = gitpod.listEnvironmentClassesOutput({ filter: { enabled: true, canCreateEnvironments: true } });
const environmentClassId = classes.apply((found) => found[0]?.id ?? "");
const project = new gitpod.Project("website", {
  name: "Website",
  initializer: { specs: [{ git: { remoteUri: "https://github.com/gitpod-io/empty" } }] },
  environmentClasses: classes.apply((found) => found.map(({ id }, order) => ({ environmentClassId: id, order }))),
  prebuildConfiguration: { enabled: true, environmentClassIds: classes.apply((found) => found.map(({ id }) => id)) },
});

const pool = new gitpod.WarmPool("website", { projectId: project.id, environmentClassId, minSize: 1, maxSize: 3 });

export const poolId = pool.id;
