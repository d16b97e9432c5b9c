import { PrebuildPhase, PrebuildService, WarmPoolPhase } from "../../proto/gen/gitpod/v1/prebuild_pb";
import { ProjectService } from "../../proto/gen/gitpod/v1/project_pb";
import { prebuild } from "../../provider/resources/prebuild";
import { project } from "../../provider/resources/project";
import { warmPool } from "../../provider/resources/warm-pool";
import type { Probe } from "../assumption";
import type { Bench } from "../bench";
import { compared, notTried } from "../finding";
import { classFor, usableClasses } from "./environment/bring-up";
import { repository } from "./project";

const { getPrebuild, getWarmPool } = PrebuildService.method;
const made = {
  makes: ["a project", "a prebuild of it", "a warm pool, which has machines"],
  needs: ["environments"],
} as const;

/** Milliseconds that a prebuild may take. */
const machineTime = 1_800_000;

/** Makes a project with prebuilds of the class for machines, and of others. */
async function projectWithPrebuilds(bench: Bench, ...others: string[]) {
  const environmentClassId = await classFor(bench);
  const prebuildConfiguration = { enabled: true, environmentClassIds: [environmentClassId, ...others] };
  const { id: projectId } = await bench.make(project, { ...repository, prebuildConfiguration });
  return { projectId, environmentClassId };
}

export const defaultSizes: Probe = {
  ...made,
  calls: ["PrebuildService/CreateWarmPool", "PrebuildService/GetWarmPool"],
  async run(bench) {
    const { projectId, environmentClassId } = await projectWithPrebuilds(bench);
    const { id: warmPoolId } = await bench.make(warmPool, { projectId, environmentClassId });
    const { id: prebuildId } = await bench.make(prebuild, { projectId, environmentClassId, spec: {} });
    const end = await endOf(bench, prebuildId);
    if (end !== "COMPLETED") return notTried(`the prebuild ended as ${end}`);
    const { spec, phase } = await filled(bench, warmPoolId);
    return compared([0, 2, 2, "READY"], [spec?.minSize, spec?.maxSize, spec?.desiredSize, phase]);
  },
};

export const allFilled: Probe = {
  makes: ["a project", "a prebuild of it", "two warm pools, each of which has a machine"],
  needs: ["environments"],
  calls: ["PrebuildService/CreatePrebuild", "PrebuildService/GetPrebuild", "PrebuildService/GetWarmPool"],
  async run(bench) {
    const named = await classFor(bench);
    const other = (await usableClasses(bench)).find((id) => id !== named);
    if (other === undefined) return notTried("the account can use one environment class only");
    const { projectId } = await projectWithPrebuilds(bench, other);
    const pools: string[] = [];
    for (const environmentClassId of [named, other])
      pools.push((await bench.make(warmPool, { projectId, environmentClassId, minSize: 0, maxSize: 1 })).id);
    const { id: prebuildId } = await bench.make(prebuild, { projectId, environmentClassId: named, spec: {} });
    const end = await endOf(bench, prebuildId);
    if (end !== "COMPLETED") return notTried(`the prebuild ended as ${end}`);
    const phases: string[] = [];
    for (const id of pools) phases.push((await filled(bench, id)).phase);
    return compared(["READY", "READY"], phases);
  },
};

/** Waits until a prebuild has ended, and returns the name of its phase. */
async function endOf(bench: Bench, prebuildId: string): Promise<string> {
  const { prebuild: ended } = await bench.until(
    () => bench.call(getPrebuild, { prebuildId }),
    ({ prebuild: seen }) => (seen?.status?.phase ?? 0) >= PrebuildPhase.COMPLETED,
    machineTime,
  );
  return PrebuildPhase[ended?.status?.phase ?? PrebuildPhase.UNSPECIFIED];
}

/** Waits until a warm pool has what it asks for, and returns it with the name of its phase. */
async function filled(bench: Bench, warmPoolId: string) {
  const { warmPool: pool } = await bench.until(
    () => bench.call(getWarmPool, { warmPoolId }),
    ({ warmPool: seen }) => seen?.status?.phase === WarmPoolPhase.READY,
    fillTime,
  );
  return { spec: pool?.spec, phase: WarmPoolPhase[pool?.status?.phase ?? WarmPoolPhase.UNSPECIFIED] };
}

/** Milliseconds that a warm pool may take after a prebuild. */
const fillTime = 600_000;

export const changedWhileDeleted: Probe = {
  calls: ["ProjectService/DeleteProject", "ProjectService/UpdateProject"],
  makes: ["a project", "a prebuild of it"],
  needs: ["environments"],
  async run(bench) {
    const { projectId } = await projectWithPrebuilds(bench);
    await bench.make(prebuild, { projectId, spec: {} });
    await bench.call(ProjectService.method.deleteProject, { projectId });
    const answer = await bench.answer(ProjectService.method.updateProject, { projectId, technicalDescription: "late" });
    return compared(true, answer === "FailedPrecondition");
  },
};
