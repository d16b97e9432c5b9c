import type { ServiceImpl } from "@connectrpc/connect";
import {
  type EnvironmentAutomationService,
  TaskExecutionPhase,
} from "../../proto/gen/gitpod/v1/environment_automation_pb";
import { execute } from "../automation/execute";
import { isOver } from "../automation/execution-step";
import { requireRunning } from "../automation/place";
import { createTask, deleteTask, updateTask } from "../automation/task-change";
import { viewExecution, viewTask } from "../automation/view";
import { callerOf, find, visible } from "../caller";
import { changed } from "../change";
import { cutPage, keeps } from "../page";
import { precondition } from "../refusal";
import type { Site } from "../site";

/** Answers the calls that concern tasks and their executions. */
export function taskCalls(site: Site): Partial<ServiceImpl<typeof EnvironmentAutomationService>> {
  const { tasks, taskExecutions } = site.world;
  return {
    createTask: (request, context) => ({ task: viewTask(createTask(site, callerOf(context), request)) }),

    getTask: ({ id }, context) => ({ task: viewTask(find(tasks, callerOf(context), id)) }),

    listTasks: (request, context) => {
      const { filter } = request;
      const rows = visible(tasks, callerOf(context)).filter(
        ({ id, remote }) =>
          keeps(filter?.environmentIds, remote.environmentId) &&
          keeps(filter?.references, remote.metadata.reference) &&
          keeps(filter?.taskIds, id),
      );
      const page = cutPage(rows, request);
      return { pagination: page.pagination, tasks: page.items.map(viewTask) };
    },

    updateTask: (request, context) => {
      updateTask(site, find(tasks, callerOf(context), request.id), request);
      return {};
    },

    deleteTask: ({ id }, context) => {
      deleteTask(site, find(tasks, callerOf(context), id));
      return {};
    },

    startTask: ({ id }, context) => {
      const caller = callerOf(context);
      const task = find(tasks, caller, id);
      requireRunning(site, task);
      return { taskExecution: viewExecution(site, execute(site, task, caller, "manual")) };
    },

    getTaskExecution: ({ id }, context) => ({
      taskExecution: viewExecution(site, find(taskExecutions, callerOf(context), id)),
    }),

    listTaskExecutions: (request, context) => {
      const { filter } = request;
      const rows = visible(taskExecutions, callerOf(context)).filter(
        ({ remote }) =>
          keeps(filter?.taskIds, remote.metadata.taskId) &&
          keeps(filter?.environmentIds, remote.metadata.environmentId) &&
          keeps(filter?.phases, remote.status.phase) &&
          keeps(filter?.taskReferences, tasks.rows.get(remote.metadata.taskId)?.remote.metadata.reference ?? ""),
      );
      // `task-execution-newest-first`: The order is not known; the newest come first, as with environments.
      const page = cutPage(rows.reverse(), request);
      return { pagination: page.pagination, taskExecutions: page.items.map((row) => viewExecution(site, row)) };
    },

    stopTaskExecution: ({ id }, context) => {
      const row = find(taskExecutions, callerOf(context), id);
      if (isOver(row.remote.status.phase) && site.otherwise("task-execution-stop-ended")) {
        throw precondition(`task execution ${row.id} has ended`);
      }
      if (!isOver(row.remote.status.phase)) {
        row.owed.cancel = true;
        row.remote.spec.desiredPhase = TaskExecutionPhase.STOPPED;
        changed(site, taskExecutions, row);
      }
      return {};
    },
  };
}
