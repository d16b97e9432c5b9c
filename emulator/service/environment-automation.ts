import type { ServiceImpl } from "@connectrpc/connect";
import type { EnvironmentAutomationService } from "../../proto/gen/gitpod/v1/environment_automation_pb";
import { upsertAutomationsFile } from "../automation/file";
import { callerOf, find } from "../caller";
import type { Site } from "../site";
import { serviceCalls } from "./automation-service";
import { taskCalls } from "./automation-task";

/** Answers the calls of the environment automation service. */
export function environmentAutomationService(site: Site): Partial<ServiceImpl<typeof EnvironmentAutomationService>> {
  return {
    ...serviceCalls(site),
    ...taskCalls(site),

    upsertAutomationsFile: (request, context) => {
      const caller = callerOf(context);
      const environment = find(site.world.environments, caller, request.environmentId);
      return upsertAutomationsFile(site, caller, environment, request);
    },
  };
}
