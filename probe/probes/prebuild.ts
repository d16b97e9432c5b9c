import { PrebuildPhase as Phase, PrebuildService } from "../../proto/gen/gitpod/v1/prebuild_pb";
import { ProjectService } from "../../proto/gen/gitpod/v1/project_pb";
import { prebuild } from "../../provider/resources/prebuild";
import { project } from "../../provider/resources/project";
import type { Probe } from "../assumption";
import { compared } from "../finding";
import { classFor } from "./environment/bring-up";

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
