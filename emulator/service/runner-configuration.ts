import type { ServiceImpl } from "@connectrpc/connect";
import type { RunnerConfigurationService } from "../../proto/gen/gitpod/v1/runner_configuration_pb";
import { callerOf, find } from "../caller";
import { plainCalls } from "../plain";
import { checkSettings, runnerSettings } from "../runner/setting";
import type { Site } from "../site";
import { listEnvironmentClasses } from "./class-list";
import { hostTokenCalls } from "./host-token";
import { llmIntegrationCalls } from "./llm-integration";
import { scmIntegrationCalls } from "./scm-integration";

/** Answers the calls of the runner configuration service. */
export function runnerConfigurationService(site: Site): Partial<ServiceImpl<typeof RunnerConfigurationService>> {
  const { environmentClasses, runners } = site.world;
  // Two classes may be equal, since facts name nothing that is unique, and none can be deleted.
  const classes = plainCalls(site, environmentClasses, {
    settle: ({ runnerId, configuration }, caller) => {
      find(runners, caller, runnerId);
      checkSettings(configuration);
    },
  });
  return {
    ...hostTokenCalls(site),
    ...scmIntegrationCalls(site),
    ...llmIntegrationCalls(site),

    createEnvironmentClass: (request, context) => {
      const { id } = classes.add(request, context, null, ({ remote }) => {
        remote.enabled = true;
      });
      return { id };
    },
    getEnvironmentClass: ({ environmentClassId }, context) => ({
      environmentClass: classes.get(environmentClassId, context),
    }),
    listEnvironmentClasses: (request, context) => listEnvironmentClasses(site, callerOf(context), request),
    updateEnvironmentClass: (request, context) => {
      classes.change(request.environmentClassId, request, context);
      return {};
    },
    getRunnerConfigurationSchema: ({ runnerId }, context) => {
      find(runners, callerOf(context), runnerId);
      return { schema: runnerSettings };
    },
  };
}
