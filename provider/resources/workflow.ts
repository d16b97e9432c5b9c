import { WorkflowService } from "../../proto/gen/gitpod/v1/workflow_pb";
import { defineResource } from "../model/definition";

const workflows = WorkflowService.method;

/**
 * Steps that an agent takes when a trigger fires: an automation, as the dashboard calls it.
 *
 * It is created enabled, and `disabled` takes effect with a second call. `executor` is the token's user or a service
 * account. A token of a service account cannot create one. Removing `report` replaces the workflow; removing
 * `executor`, `agentId` or `codexSettings` leaves them. A destroy lets its executions end, unless an `up` has stored
 * `forceDelete: true`.
 */
export const workflow = defineResource({
  kind: "Workflow",
  create: workflows.createWorkflow,
  get: workflows.getWorkflow,
  list: workflows.listWorkflows,
  update: workflows.updateWorkflow,
  delete: workflows.deleteWorkflow,
  extra: { forceDelete: { method: workflows.deleteWorkflow, field: "force", on: "delete" } },
  updateOnly: ["disabled"],
  required: ["name", "triggers", "action"],
  goneIf: { "spec.deleting": true },
  cannotClear: { report: "replace", executor: "leave", agentId: "leave", codexSettings: "leave" },
  volatile: ["metadata.updatedAt"],
  timeouts: { create: 60, update: 60, delete: 300 },
});
