import { PrebuildPhase as Phase, PrebuildService } from "../../proto/gen/gitpod/v1/prebuild_pb";
import { ProjectService } from "../../proto/gen/gitpod/v1/project_pb";
import { prebuild } from "../../provider/resources/prebuild";
import { project } from "../../provider/resources/project";
import { warmPool } from "../../provider/resources/warm-pool";
import type { Probe } from "../assumption";
import { compared } from "../finding";
import { classFor } from "./environment/bring-up";
import { repository } from "./project";

const { deletePrebuild, getPrebuild } = PrebuildService.method;

export const deleteRunning: Probe = {
  calls: ["PrebuildService/CreatePrebuild", "PrebuildService/DeletePrebuild"],
  makes: ["a project", "a prebuild of it"],
  needs: ["environments"],
  async run(bench) {
    const environmentClassId = await classFor(bench);
    const { id: projectId } = await bench.make(project, {
      initializer: { specs: [{ contextUrl: { url: "https://github.com/octocat/Hello-World" } }] },
      prebuildConfiguration: { enabled: true, environmentClassIds: [environmentClassId] },
    });
    await bench.call(ProjectService.method.updateProjectEnvironmentClasses, {
      projectId,
      projectEnvironmentClasses: [{ environmentClassId }],
    });
    const { id: prebuildId } = await bench.make(prebuild, { projectId, spec: {} });
    const { prebuild: found } = await bench.call(getPrebuild, { prebuildId });
    const phase = found?.status?.phase ?? Phase.UNSPECIFIED;
    if (phase >= Phase.COMPLETED) throw new Error("a prebuild had ended before it could be deleted");
    return compared("ok", await bench.answer(deletePrebuild, { prebuildId }));
  },
};

export const classWithoutPrebuilds: Probe = {
  calls: ["PrebuildService/CreatePrebuild"],
  makes: ["a project", "a prebuild of it"],
  needs: ["environments"],
  async run(bench) {
    const environmentClassId = await classFor(bench);
    const without = await bench.make(project, repository);
    const answer = await bench.tryToMake(prebuild, { projectId: without.id, environmentClassId, spec: {} });
    if (answer !== "FailedPrecondition") return compared("FailedPrecondition", answer);
    const prebuildConfiguration = { enabled: true, environmentClassIds: [environmentClassId] };
    const { id: projectId } = await bench.make(project, { ...repository, prebuildConfiguration });
    const { id: prebuildId } = await bench.make(prebuild, { projectId, spec: {} });
    const { prebuild: found } = await bench.call(getPrebuild, { prebuildId });
    const isFirst = found?.metadata?.environmentClassId === environmentClassId;
    return compared("the first class", isFirst ? "the first class" : "another class");
  },
};

export const poolWithoutPrebuilds: Probe = {
  calls: ["PrebuildService/CreateWarmPool", "ProjectService/UpdateProject", "PrebuildService/GetWarmPool"],
  makes: ["two projects", "an empty warm pool of one"],
  needs: ["environments"],
  async run(bench) {
    const environmentClassId = await classFor(bench);
    const sizes = { environmentClassId, minSize: 0, maxSize: 1 };
    const without = await bench.make(project, repository);
    const answer = await bench.tryToMake(warmPool, { ...sizes, projectId: without.id });
    const prebuildConfiguration = { enabled: true, environmentClassIds: [environmentClassId] };
    const { id: projectId } = await bench.make(project, { ...repository, prebuildConfiguration });
    const { id: warmPoolId } = await bench.make(warmPool, { ...sizes, projectId });
    const request = { projectId, prebuildConfiguration: { enabled: false } };
    await bench.call(ProjectService.method.updateProject, request);
    const after = await bench.until(
      () => bench.answer(PrebuildService.method.getWarmPool, { warmPoolId }),
      (seen) => seen === "NotFound",
    );
    return compared(["FailedPrecondition", "NotFound"], [answer, after]);
  },
};
