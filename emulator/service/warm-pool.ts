import type { ServiceImpl } from "@connectrpc/connect";
import { WarmPoolPhase as Phase, type PrebuildService } from "../../proto/gen/gitpod/v1/prebuild_pb";
import { type Caller, callerOf, find } from "../caller";
import { keeps } from "../page";
import { plainCalls } from "../plain";
import { prebuiltClass } from "../project/prebuild";
import { askToDelete } from "../project/warm-pool";
import { invalid, precondition } from "../refusal";
import type { Site } from "../site";
import type { WholeWarmPool } from "../whole";

/** Answers the calls of the prebuild service that concern warm pools. */
export function warmPoolCalls(
  site: Site,
): Pick<
  ServiceImpl<typeof PrebuildService>,
  "createWarmPool" | "getWarmPool" | "listWarmPools" | "updateWarmPool" | "deleteWarmPool"
> {
  const { warmPools, projects, environmentClasses } = site.world;
  const pools = plainCalls(site, warmPools, {
    settle: (pool, caller, row) => {
      fillSizes(pool);
      if (row === undefined) {
        begin(pool, caller);
      }
      pool.spec.specVersion += 1n;
    },
    key: ({ metadata }) => `project ${metadata.projectId} and environment class ${metadata.environmentClassId}`,
    changeable: ({ id, remote }) => {
      if (remote.spec.desiredPhase === Phase.DELETED) {
        throw precondition(`warm pool ${id} is being deleted`);
      }
    },
  });
  const begin = (pool: WholeWarmPool, caller: Caller): void => {
    const { projectId, environmentClassId } = pool.metadata;
    prebuiltClass(find(projects, caller, projectId), environmentClassId);
    pool.metadata.runnerId = environmentClasses.rows.get(environmentClassId)?.remote.runnerId ?? "";
    pool.spec.desiredPhase = Phase.READY;
    Object.assign(pool.status, { phase: Phase.PENDING, statusVersion: 1n });
  };
  return {
    createWarmPool: (request, context) => ({ warmPool: pools.add(request, context, null) }),
    getWarmPool: ({ warmPoolId }, context) => ({ warmPool: pools.get(warmPoolId, context) }),
    listWarmPools: (request, context) =>
      pools.list(
        request,
        context,
        (items) => ({ warmPools: items }),
        ({ metadata }) =>
          keeps(request.filter?.projectIds, metadata.projectId) &&
          keeps(request.filter?.environmentClassIds, metadata.environmentClassId),
      ),
    updateWarmPool: (request, context) => ({
      warmPool: pools.change(request.warmPoolId, request, context, ({ remote: { spec } }) => {
        spec.maxSize = request.maxSize ?? request.desiredSize ?? spec.maxSize ?? 0;
      }),
    }),
    deleteWarmPool: ({ warmPoolId }, context) => {
      askToDelete(site, find(warmPools, callerOf(context), warmPoolId));
      return {};
    },
  };
}

/** Fills what was left out: none at least, two at most; the size of before there was a range is the largest. */
function fillSizes({ spec, status }: WholeWarmPool): void {
  const { minSize = 0, maxSize = spec.desiredSize || 2 } = spec;
  if (minSize > maxSize) {
    throw invalid(`min_size: ${minSize} is more than max_size, which is ${maxSize}`);
  }
  Object.assign(spec, { minSize, maxSize, desiredSize: maxSize });
  status.desiredSize = maxSize;
}
