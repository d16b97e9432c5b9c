import { PrebuildService } from "../../proto/gen/gitpod/v1/prebuild_pb";
import { TriggerInputsSchema } from "../../proto/gen/provider/v1/trigger_pb";
import { defineResource } from "../model/definition";

const prebuilds = PrebuildService.method;

/**
 * One prebuild of a project, with which environments start prepared.
 *
 * `up` starts it and returns when it is completed; one that fails or is cancelled is an error with the end of its log, and
 * the next `up` runs another one, as does a change of `triggers`, such as with each merge. A destroy cancels one that runs,
 * and deletes it. Prebuilds that the platform has pruned since count as done.
 */
export const prebuild = defineResource({
  kind: "Prebuild",
  create: prebuilds.createPrebuild,
  get: prebuilds.getPrebuild,
  list: prebuilds.listPrebuilds,
  delete: prebuilds.deletePrebuild,
  own: TriggerInputsSchema,
  required: ["projectId", "spec"],
  outputOnly: ["spec.specVersion", "spec.desiredPhase"],
  volatile: ["metadata.updatedAt"],
  identity: {
    by: "parent",
    filter: { projectIds: "projectId" },
    begun: { "metadata.triggeredBy": "PREBUILD_TRIGGER_MANUAL" },
    parent: "project",
  },
  phase: {
    at: "status.phase",
    events: "PREBUILD",
    log: { at: "status.logUrl", token: prebuilds.createPrebuildLogsToken },
    targets: { PREBUILD_PHASE_COMPLETED: "by itself" },
    failed: ["PREBUILD_PHASE_FAILED", "PREBUILD_PHASE_CANCELLED", "PREBUILD_PHASE_DELETING"],
    ended: ["PREBUILD_PHASE_COMPLETED", "PREBUILD_PHASE_FAILED", "PREBUILD_PHASE_CANCELLED", "PREBUILD_PHASE_DELETING"],
    cancel: prebuilds.cancelPrebuild,
    endedAt: "status.completionTime",
    gone: ["PREBUILD_PHASE_DELETED"],
    afterFailure: "replace",
    mayVanish: true,
  },
  timeouts: { create: 7500, update: 7500, delete: 900 },
});
