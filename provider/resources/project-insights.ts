import { InsightsService } from "../../proto/gen/gitpod/v1/insights_pb";
import { defineResource } from "../model/definition";

const insights = InsightsService.method;

/**
 * Whether the platform gathers figures about a project. While the resource exists, they are on.
 *
 * A destroy turns them off. If somebody turns them off, the resource counts as deleted, and `up` turns them on again.
 *
 * Import it by the id of the project.
 */
export const projectInsights = defineResource({
  kind: "ProjectInsights",
  address: ["projectId"],
  create: insights.enableProjectInsights,
  get: insights.getProjectInsightsStatus,
  delete: insights.disableProjectInsights,
  required: ["projectId"],
  goneIf: { enabled: false },
  volatile: ["lastRanAt", "insightsHealth", "dataCollectedThrough"],
});
