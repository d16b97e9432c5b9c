import { WorkflowService } from "../../proto/gen/gitpod/v1/workflow_pb";
import { TriggerInputsSchema } from "../../proto/gen/provider/v1/trigger_pb";
import { defineResource } from "../model/definition";

const workflows = WorkflowService.method;

/**
 * One run of a {@link Workflow}, which people call an automation.
 *
 * `up` starts it and returns when it is completed and none of its actions has failed; one that is stopped, or completed
 * with failed actions, is an error with the reasons, and the next `up` runs the workflow again, with all its actions, as
 * does a change of `triggers`. A destroy cancels a run that has not ended; it stays in the list of
 * runs. Runs that the platform has pruned since count as done.
 */
export const workflowExecution = defineResource({
  kind: "WorkflowExecution",
  create: workflows.startWorkflow,
  get: workflows.getWorkflowExecution,
  list: workflows.listWorkflowExecutions,
  delete: workflows.cancelWorkflowExecution,
  own: TriggerInputsSchema,
  required: ["workflowId"],
  repeatedIn: { contextOverride: ["spec.trigger.context"] },
  identity: {
    by: "parent",
    filter: { workflowIds: "workflowId" },
    begun: { "spec.trigger.manual": "set" },
    parent: "workflow",
  },
  phase: {
    at: "status.phase",
    events: "WORKFLOW_EXECUTION",
    reasons: ["status.failures[].message"],
    targets: { WORKFLOW_EXECUTION_PHASE_COMPLETED: "by itself" },
    failed: ["WORKFLOW_EXECUTION_PHASE_STOPPED", "WORKFLOW_EXECUTION_PHASE_DELETING"],
    shortfall: "status.failedActionCount",
    gone: ["WORKFLOW_EXECUTION_PHASE_DELETED"],
    ended: [
      "WORKFLOW_EXECUTION_PHASE_COMPLETED",
      "WORKFLOW_EXECUTION_PHASE_STOPPED",
      "WORKFLOW_EXECUTION_PHASE_DELETING",
    ],
    endedAt: "metadata.finishedAt",
    afterFailure: "replace",
    mayVanish: true,
  },
  timeouts: { create: 3600, update: 3600, delete: 300 },
});
