import type { ServiceImpl } from "@connectrpc/connect";
import { EnvironmentPhase, type EnvironmentService } from "../../proto/gen/gitpod/v1/environment_pb";
import { callerOf, find } from "../caller";
import { moved } from "../change";
import { createEnvironment, createEnvironmentFromProject } from "../environment/create";
import { listEnvironments } from "../environment/list";
import { requestArchival, requestDelete, requestStart, requestStop } from "../environment/request";
import { updateEnvironment } from "../environment/update";
import { viewEnvironment } from "../environment/view";
import { issueKey } from "../key";
import { cutPage } from "../page";
import { precondition } from "../refusal";
import { type Site, timestamp } from "../site";
import type { EnvironmentRow } from "../world";
import { listEnvironmentClasses } from "./class-list";

/** Answers the calls of the environment service. */
export function environmentService(site: Site): Partial<ServiceImpl<typeof EnvironmentService>> {
  const { environments } = site.world;
  return {
    createEnvironment: (request, context) => ({
      environment: viewEnvironment(site, createEnvironment(site, callerOf(context), request)),
    }),

    createEnvironmentFromProject: (request, context) => ({
      environment: viewEnvironment(site, createEnvironmentFromProject(site, callerOf(context), request)),
    }),

    getEnvironment: ({ environmentId }, context) => ({
      environment: viewEnvironment(site, find(environments, callerOf(context), environmentId)),
    }),

    listEnvironments: (request, context) => {
      const page = cutPage(listEnvironments(site, callerOf(context), request), request);
      return {
        pagination: page.pagination,
        environments: page.items.map((row) => viewEnvironment(site, row)),
        ...(page.count === undefined ? {} : { count: page.count }),
      };
    },

    listEnvironmentClasses: (request, context) => listEnvironmentClasses(site, callerOf(context), request),

    startEnvironment: ({ environmentId }, context) => {
      requestStart(site, find(environments, callerOf(context), environmentId));
      return {};
    },

    stopEnvironment: ({ environmentId }, context) => {
      requestStop(site, find(environments, callerOf(context), environmentId));
      return {};
    },

    updateEnvironment: (request, context) => {
      updateEnvironment(site, find(environments, callerOf(context), request.environmentId), request);
      return {};
    },

    deleteEnvironment: ({ environmentId, force }, context) => {
      requestDelete(site, find(environments, callerOf(context), environmentId), force);
      return {};
    },

    archiveEnvironment: ({ environmentId }, context) => {
      requestArchival(site, find(environments, callerOf(context), environmentId), true);
      return {};
    },

    unarchiveEnvironment: ({ environmentId }, context) => {
      requestArchival(site, find(environments, callerOf(context), environmentId), false);
      return {};
    },

    markEnvironmentActive: ({ environmentId, activitySignal }, context) => {
      const row = find(environments, callerOf(context), environmentId);
      if (activitySignal !== undefined && !site.otherwise("environment-mark-active-shown")) {
        row.remote.status.activitySignal = {
          ...activitySignal,
          timestamp: activitySignal.timestamp ?? timestamp(site),
        };
        moved(site, environments, row);
      }
      return {};
    },

    createEnvironmentLogsToken: ({ environmentId }, context) => ({
      accessToken: issueKey(site, find(environments, callerOf(context), environmentId).id, "logs"),
    }),

    createEnvironmentAccessToken: ({ environmentId }, context) => ({
      accessToken: issueKey(site, running(find(environments, callerOf(context), environmentId)).id, "ops"),
    }),

    createPortAccessToken: ({ environmentId }, context) => ({
      accessToken: issueKey(site, running(find(environments, callerOf(context), environmentId)).id, "port"),
    }),
  };
}

// `environment-token-stopped`: Facts are silent on access tokens of a stopped environment; the emulator refuses them,
// as nothing answers there.
function running(row: EnvironmentRow): EnvironmentRow {
  const { phase } = row.remote.status;
  if (phase !== EnvironmentPhase.RUNNING && phase !== EnvironmentPhase.UPDATING) {
    throw precondition(`environment ${row.id} is not running`);
  }
  return row;
}
