import * as gitpod from "pulumi-gitpod";

// A class of a runner that is there: any of them names it.
const classes = gitpod.listEnvironmentClassesOutput({ filter: { enabled: true } });

const active = new gitpod.ActiveRunner("up", { runnerId: classes.apply((found) => found[0]?.runnerId ?? "") });

export const runnerId = active.id;
