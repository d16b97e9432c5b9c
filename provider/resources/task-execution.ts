import { EnvironmentAutomationService } from "../../proto/gen/gitpod/v1/environment_automation_pb";
import { TaskExecutionInputsSchema } from "../../proto/gen/provider/v1/task_execution_pb";
import { defineResource } from "../model/definition";

const automations = EnvironmentAutomationService.method;

/**
 * One run of a task, together with the automations that the task depends on.
 *
 * A create starts the task and returns when the run has succeeded, or with `desiredPhase` running as soon as it runs; a
 * run that fails or is stopped is an error that names the step, and the next `pulumi up` runs the task again. To replace
 * is to run again: change `triggers` for that. Deleting stops a run that has not ended. Runs that the server has pruned
 * since count as done.
 */
export const taskExecution = defineResource({
  kind: "TaskExecution",
  create: automations.startTask,
  renamed: { id: "taskId" },
  get: automations.getTaskExecution,
  list: automations.listTaskExecutions,
  delete: automations.stopTaskExecution,
  own: TaskExecutionInputsSchema,
  required: ["taskId"],
  volatile: ["spec.plan[].steps[].task.spec"],
  creatorOnly: true,
  identity: {
    by: "parent",
    filter: { taskIds: "taskId" },
    parent: "task",
    elsewhere: "in the class Task both are said in run: { adopt: … }",
  },
  phase: {
    at: "status.phase",
    events: "TASK_EXECUTION",
    enclosing: { at: "metadata.environmentId", definition: () => require("./environment").environment },
    parts: {
      "status.steps[]": {
        moving: ["TASK_EXECUTION_PHASE_PENDING"],
        failed: ["TASK_EXECUTION_PHASE_FAILED"],
        labels: "spec.plan[].steps[]",
      },
    },
    log: { at: "status.logUrl" },
    desired: "desiredPhase",
    targets: { TASK_EXECUTION_PHASE_SUCCEEDED: "by itself", TASK_EXECUTION_PHASE_RUNNING: "by itself" },
    satisfiedBy: { TASK_EXECUTION_PHASE_RUNNING: ["TASK_EXECUTION_PHASE_SUCCEEDED"] },
    failed: ["TASK_EXECUTION_PHASE_FAILED", "TASK_EXECUTION_PHASE_STOPPED"],
    ended: ["TASK_EXECUTION_PHASE_SUCCEEDED", "TASK_EXECUTION_PHASE_FAILED", "TASK_EXECUTION_PHASE_STOPPED"],
    endedAt: "metadata.completedAt",
    afterFailure: "replace",
    mayVanish: true,
  },
  timeouts: { create: 3600, update: 3600, delete: 300 },
});
