import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import type { ServiceImpl } from "@connectrpc/connect";
import type { InsightsService } from "../../proto/gen/gitpod/v1/insights_pb";
import { callerOf, find, visible } from "../caller";
import { changed } from "../change";
import { notFound } from "../refusal";
import type { Site } from "../site";

/** Answers the calls of the insights service: whether insights are on, and when they were last collected. */
export function insightsService(site: Site): Partial<ServiceImpl<typeof InsightsService>> {
  const { projects } = site.world;
  return {
    enableProjectInsights: ({ projectId }, context) => {
      const row = find(projects, callerOf(context), projectId);
      row.owed.insights = true;
      delete row.owed.collectedAt;
      changed(site, projects, row);
      return {};
    },

    disableProjectInsights: ({ projectId }, context) => {
      const row = find(projects, callerOf(context), projectId);
      if (row.owed.insights === undefined) {
        throw notFound("insights of project", projectId);
      }
      row.owed.insights = false;
      changed(site, projects, row);
      return {};
    },

    getProjectInsightsStatus: ({ projectId }, context) => {
      const { owed } = find(projects, callerOf(context), projectId);
      if (owed.insights !== true) {
        throw notFound("insights of project", projectId);
      }
      const collected = owed.collectedAt === undefined ? undefined : timestampFromMs(owed.collectedAt);
      return {
        enabled: true,
        ...(collected === undefined ? {} : { lastRanAt: collected, dataCollectedThrough: collected }),
      };
    },

    getInsightsSummary: ({ organizationId }, context) => {
      const caller = callerOf(context);
      if (organizationId !== caller.organizationId) {
        throw notFound("organization", organizationId);
      }
      const rows = visible(projects, caller);
      const enabled = rows.filter(({ owed }) => owed.insights === true);
      return { enabledProjectCount: BigInt(enabled.length), totalProjectCount: BigInt(rows.length) };
    },
  };
}
