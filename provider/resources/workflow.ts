import { WorkflowService } from "../../proto/gen/gitpod/v1/workflow_pb";
import { defineResource } from "../model/definition";

const workflows = WorkflowService.method;

/**
 * Steps that an agent takes when a trigger fires: an automation, as the dashboard calls it.
 *
 * A workflow is created enabled; `disabled` takes effect with a second call. `executor` is who runs it, the token's user or
 * a service account. A token of a service account cannot create one.
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
