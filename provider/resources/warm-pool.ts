import { PrebuildService } from "../../proto/gen/gitpod/v1/prebuild_pb";
import { defineResource } from "../model/definition";

const prebuilds = PrebuildService.method;

/**
 * Environments of a project that wait, prepared, for whoever needs one.
 *
 * The project's prebuilds must be on and name the environment class. Turning them off deletes the pool. `up` returns
 * when the pool exists; it fills once a prebuild has completed. `minSize` is 0 and `maxSize` 2 if you leave them out,
 * so a larger `minSize` needs both. Removing `maxSize` leaves it as it is.
 */
export const warmPool = defineResource({
  kind: "WarmPool",
  create: prebuilds.createWarmPool,
  get: prebuilds.getWarmPool,
  list: prebuilds.listWarmPools,
  update: prebuilds.updateWarmPool,
  delete: prebuilds.deleteWarmPool,
  required: ["projectId", "environmentClassId"],
  deprecated: ["desiredSize"],
  cannotClear: { maxSize: "leave" },
  goneIf: { "spec.desiredPhase": "WARM_POOL_PHASE_DELETED" },
  volatile: ["metadata.updatedAt", "spec.specVersion", "spec.snapshotId", "status"],
  naturalKey: ["projectId", "environmentClassId"],
  identity: { by: "key", filter: { projectIds: "projectId", environmentClassIds: "environmentClassId" } },
  phase: { at: "status.phase", gone: ["WARM_POOL_PHASE_DELETED"] },
  lingers: true,
  timeouts: { create: 60, update: 60, delete: 600 },
});
