import { PrebuildPhase, PrebuildService, WarmPoolPhase } from "../../proto/gen/gitpod/v1/prebuild_pb";
import { ProjectService } from "../../proto/gen/gitpod/v1/project_pb";
import { prebuild } from "../../provider/resources/prebuild";
import { project } from "../../provider/resources/project";
import { warmPool } from "../../provider/resources/warm-pool";
import type { Probe } from "../assumption";
import type { Bench } from "../bench";
import { compared, notTried } from "../finding";
import { classFor } from "./environment/bring-up";
import { repository } from "./project";

const { getPrebuild, getWarmPool } = PrebuildService.method;
const made = {
  makes: ["a project", "a prebuild of it", "a warm pool, which has machines"],
  needs: ["environments"],
} as const;

/** Milliseconds that a prebuild may take. */
const machineTime = 1_800_000;

/** Makes a project with prebuilds of the class for machines. */
async function projectWithPrebuilds(bench: Bench) {
  const environmentClassId = await classFor(bench);
  const prebuildConfiguration = { enabled: true, environmentClassIds: [environmentClassId] };
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
    const { prebuild: ended } = await bench.until(
      () => bench.call(getPrebuild, { prebuildId }),
      ({ prebuild: seen }) => (seen?.status?.phase ?? 0) >= PrebuildPhase.COMPLETED,
      machineTime,
    );
    const phase = ended?.status?.phase ?? PrebuildPhase.UNSPECIFIED;
    if (phase !== PrebuildPhase.COMPLETED) return notTried(`the prebuild ended as ${PrebuildPhase[phase]}`);
    const { warmPool: pool } = await bench.until(
      () => bench.call(getWarmPool, { warmPoolId }),
      ({ warmPool: seen }) => seen?.status?.phase === WarmPoolPhase.READY,
    );
    const { minSize, maxSize, desiredSize } = pool?.spec ?? {};
    const seen = WarmPoolPhase[pool?.status?.phase ?? WarmPoolPhase.UNSPECIFIED];
    return compared([0, 2, 2, "READY"], [minSize, maxSize, desiredSize, seen]);
  },
};

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
