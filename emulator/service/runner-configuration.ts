import { clone, create } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import {
  EnvironmentClassSchema,
  type RunnerConfigurationService,
} from "../../proto/gen/gitpod/v1/runner_configuration_pb";
import { callerOf, find } from "../caller";
import { changed, insert } from "../change";
import type { Site } from "../site";
import { listEnvironmentClasses } from "./class-list";

/** Answers the calls of the runner configuration service that concern environment classes. */
export function runnerConfigurationService(site: Site): Partial<ServiceImpl<typeof RunnerConfigurationService>> {
  const { environmentClasses, runners } = site.world;
  return {
    createEnvironmentClass: ({ runnerId, displayName, description, configuration }, context) => {
      const caller = callerOf(context);
      find(runners, caller, runnerId);
      const id = site.newId();
      insert(site, environmentClasses, {
        id,
        remote: create(EnvironmentClassSchema, {
          id,
          runnerId,
          displayName,
          description,
          configuration,
          enabled: true,
        }),
        owner: { organizationId: caller.organizationId, creatorId: caller.id },
        owed: null,
      });
      return { id };
    },

    getEnvironmentClass: ({ environmentClassId }, context) => ({
      environmentClass: clone(
        EnvironmentClassSchema,
        find(environmentClasses, callerOf(context), environmentClassId).remote,
      ),
    }),

    listEnvironmentClasses: (request, context) => listEnvironmentClasses(site, callerOf(context), request),

    updateEnvironmentClass: ({ environmentClassId, displayName, description, enabled }, context) => {
      const row = find(environmentClasses, callerOf(context), environmentClassId);
      row.remote.displayName = displayName ?? row.remote.displayName;
      row.remote.description = description ?? row.remote.description;
      row.remote.enabled = enabled ?? row.remote.enabled;
      changed(site, environmentClasses, row);
      return {};
    },
  };
}
