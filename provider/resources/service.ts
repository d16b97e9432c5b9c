import { EnvironmentAutomationService } from "../../proto/gen/gitpod/v1/environment_automation_pb";
import { defineResource } from "../model/definition";

const automations = EnvironmentAutomationService.method;

/** A long-running program inside an environment. */
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
});
