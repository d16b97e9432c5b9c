import * as gitpod from "pulumi-gitpod";

// A class of the runner that the new class is for: any of them names it.
const classes = gitpod.listEnvironmentClassesOutput({ filter: { enabled: true } });
const runnerId = classes.apply((found) => found[0]?.runnerId ?? "");

const large = new gitpod.EnvironmentClass("large", {
  runnerId,
  displayName: "Large, with a disk",
  description: "8 cores, 32 GB of memory, 200 GB of disk",
  configuration: [{ key: "machineType", value: "m6i.2xlarge" }],
});

export const environmentClassId = large.id;
