import { InsightsService } from "../../proto/gen/gitpod/v1/insights_pb";
import { ProjectService } from "../../proto/gen/gitpod/v1/project_pb";
import { project } from "../../provider/resources/project";
import type { Probe } from "../assumption";
import { answered, compared } from "../finding";
import { absentId } from "./ids";

/** What a project needs at least: a repository, which nobody clones without an environment. */
export const repository = {
  initializer: { specs: [{ git: { remoteUri: "https://github.com/octocat/Hello-World" } }] },
};

const { disableProjectInsights, enableProjectInsights, getProjectInsightsStatus } = InsightsService.method;

export const insightsNeverOn: Probe = {
  calls: [
    "InsightsService/GetProjectInsightsStatus",
    "InsightsService/EnableProjectInsights",
    "InsightsService/DisableProjectInsights",
  ],
  makes: ["a project, the insights of which are on for a moment"],
  needs: [],
  async run(bench) {
    const { id: projectId } = await bench.make(project, repository);
    const before = [
      await bench.answer(getProjectInsightsStatus, { projectId }),
      await bench.answer(disableProjectInsights, { projectId }),
    ];
    await bench.call(enableProjectInsights, { projectId });
    await bench.call(disableProjectInsights, { projectId });
    const again = await bench.answer(disableProjectInsights, { projectId });
    return compared(["NotFound", "NotFound", "ok"], [...before, again]);
  },
};

export const classUnknown: Probe = {
  calls: ["ProjectService/UpdateProjectEnvironmentClasses"],
  makes: ["a project"],
  needs: [],
  async run(bench) {
    const { id: projectId } = await bench.make(project, repository);
    const projectEnvironmentClasses = [{ environmentClassId: absentId }];
    return answered("InvalidArgument", () =>
      bench.answer(ProjectService.method.updateProjectEnvironmentClasses, { projectId, projectEnvironmentClasses }),
    );
  },
};
