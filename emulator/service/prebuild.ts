import { create } from "@bufbuild/protobuf";
import { durationFromMs } from "@bufbuild/protobuf/wkt";
import type { ServiceImpl } from "@connectrpc/connect";
import { SubjectSchema } from "../../proto/gen/gitpod/v1/identity_pb";
import {
  PrebuildPhase as Phase,
  type PrebuildService,
  PrebuildMetadata_PrebuildTrigger as Trigger,
} from "../../proto/gen/gitpod/v1/prebuild_pb";
import { callerOf, find } from "../caller";
import { issueKey } from "../key";
import { keeps } from "../page";
import { plainCalls } from "../plain";
import { askToEnd, isPrebuilding, prebuiltClass } from "../project/prebuild";
import { precondition } from "../refusal";
import type { Site } from "../site";

const hour = 3_600_000;

/** Answers the calls of the prebuild service that concern prebuilds themselves. */
export function prebuildCalls(
  site: Site,
): Pick<
  ServiceImpl<typeof PrebuildService>,
  "createPrebuild" | "getPrebuild" | "listPrebuilds" | "cancelPrebuild" | "deletePrebuild" | "createPrebuildLogsToken"
> {
  const { prebuilds: table, projects } = site.world;
  const prebuilds = plainCalls(site, table, {
    show: (shown) => {
      if (shown.status.phase !== Phase.PENDING) {
        shown.status.logUrl = `${site.origin}/logs/prebuilds/${shown.id}`;
      }
    },
  });
  return {
    createPrebuild: (request, context) => {
      const caller = callerOf(context);
      const project = find(projects, caller, request.projectId);
      const { timeout, executor } = project.remote.prebuildConfiguration ?? {};
      const prebuild = prebuilds.add(request, context, null, ({ remote: { metadata, spec, status } }) => {
        metadata.environmentClassId = prebuiltClass(project, metadata.environmentClassId);
        metadata.triggeredBy = Trigger.MANUAL;
        metadata.executor = executor ?? create(SubjectSchema, { id: caller.id, principal: caller.principal });
        Object.assign(spec, { specVersion: 1n, desiredPhase: Phase.COMPLETED });
        spec.timeout ??= timeout ?? durationFromMs(hour);
        Object.assign(status, { phase: Phase.PENDING, statusVersion: 1n });
      });
      return { prebuild };
    },
    getPrebuild: ({ prebuildId }, context) => ({ prebuild: prebuilds.get(prebuildId, context) }),
    listPrebuilds: (request, context) => {
      const { filter } = request;
      return prebuilds.list(
        request,
        context,
        (items) => ({ prebuilds: items }),
        ({ metadata, status }) =>
          keeps(filter?.projectIds, metadata.projectId) &&
          keeps(filter?.phases, status.phase) &&
          keeps(filter?.triggeredBy, metadata.triggeredBy) &&
          keeps(filter?.creatorIds, metadata.creator?.id ?? "") &&
          keeps(filter?.executorIds, metadata.executor?.id ?? ""),
      );
    },
    cancelPrebuild: ({ prebuildId }, context) => {
      const row = find(table, callerOf(context), prebuildId);
      askToEnd(site, row, Phase.CANCELLED);
      return { prebuild: prebuilds.view(row) };
    },
    deletePrebuild: ({ prebuildId }, context) => {
      const row = find(table, callerOf(context), prebuildId);
      if (isPrebuilding(row.remote.status.phase) && site.otherwise("prebuild-delete-running")) {
        throw precondition(`prebuild ${prebuildId} goes on`);
      }
      askToEnd(site, row, Phase.DELETED);
      return {};
    },
    createPrebuildLogsToken: ({ prebuildId }, context) => ({
      accessToken: issueKey(site, find(table, callerOf(context), prebuildId).id, "logs"),
    }),
  };
}
