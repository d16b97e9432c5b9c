import { EnvironmentAutomationService } from "../../proto/gen/gitpod/v1/environment_automation_pb";
import { defineResource } from "../model/definition";

const automations = EnvironmentAutomationService.method;

/**
 * A long-running program inside an environment.
 *
 * A create returns when the service is in `spec.desiredPhase` (running unless stopped is stated), which for a running
 * one means that `spec.commands.ready` has exited with 0; one that fails keeps its id, and the next `pulumi up` starts
 * it again. A changed `spec` is applied while the service is stopped; what was running is running again afterwards.
 * `metadata.reference` (letters, digits, `_` and `-`, at most 128) is unique in the environment.
 * `spec.readinessTimeout` is a duration such as `"120s"`, at most a day.
 */
export const service = defineResource({
  kind: "Service",
  create: automations.createService,
  get: automations.getService,
  list: automations.listServices,
  update: automations.updateService,
  delete: automations.deleteService,
  required: ["environmentId", "metadata.reference", "metadata.name", "spec.commands.start"],
  outputOnly: ["metadata.createdAt", "metadata.creator", "spec.specVersion"],
  volatile: ["spec.specVersion"],
  filledIn: ["spec.session"],
  cannotClear: { "spec.session": "leave", "spec.readinessTimeout": "leave" },
  naturalKey: ["environmentId", "metadata.reference"],
  creatorOnly: true,
  identity: { by: "key", filter: { environmentIds: "environmentId", references: "metadata.reference" } },
  phase: {
    at: "status.phase",
    events: "SERVICE",
    enclosing: { at: "environmentId", definition: () => require("./environment").environment },
    log: { at: "status.logUrl" },
    desired: "spec.desiredPhase",
    targets: { SERVICE_PHASE_RUNNING: automations.startService, SERVICE_PHASE_STOPPED: automations.stopService },
    failed: ["SERVICE_PHASE_FAILED"],
    gone: ["SERVICE_PHASE_DELETED"],
    onlyIn: { phases: ["SERVICE_PHASE_STOPPED", "SERVICE_PHASE_FAILED"], inputs: "spec" },
  },
  timeouts: { create: 600, update: 600, delete: 300 },
  partOf: "environmentId",
});
