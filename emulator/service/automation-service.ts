import type { ServiceImpl } from "@connectrpc/connect";
import { type EnvironmentAutomationService, ServicePhase } from "../../proto/gen/gitpod/v1/environment_automation_pb";
import { requireRunning } from "../automation/place";
import { createService, updateService } from "../automation/service-change";
import { askToDelete, askToStart, askToStop } from "../automation/service-step";
import { viewService } from "../automation/view";
import { callerOf, find, visible } from "../caller";
import { cutPage, keeps } from "../page";
import type { Site } from "../site";

/** Answers the calls that concern services. */
export function serviceCalls(site: Site): Partial<ServiceImpl<typeof EnvironmentAutomationService>> {
  const { services } = site.world;
  return {
    createService: (request, context) => ({
      service: viewService(site, createService(site, callerOf(context), request)),
    }),

    getService: ({ id }, context) => ({ service: viewService(site, find(services, callerOf(context), id)) }),

    listServices: (request, context) => {
      const { filter } = request;
      const rows = visible(services, callerOf(context)).filter(
        ({ id, remote }) =>
          remote.status.phase !== ServicePhase.DELETED &&
          keeps(filter?.environmentIds, remote.environmentId) &&
          keeps(filter?.references, remote.metadata.reference) &&
          keeps(filter?.serviceIds, id) &&
          keeps(filter?.roles, remote.metadata.role),
      );
      const page = cutPage(rows, request);
      return { pagination: page.pagination, services: page.items.map((row) => viewService(site, row)) };
    },

    updateService: (request, context) => {
      updateService(site, find(services, callerOf(context), request.id), request);
      return {};
    },

    deleteService: ({ id, force }, context) => {
      askToDelete(site, find(services, callerOf(context), id), force);
      return {};
    },

    startService: ({ id }, context) => {
      const row = find(services, callerOf(context), id);
      requireRunning(site, row);
      askToStart(site, row);
      return {};
    },

    stopService: ({ id }, context) => {
      askToStop(site, find(services, callerOf(context), id));
      return {};
    },
  };
}
