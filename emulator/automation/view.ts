import { clone } from "@bufbuild/protobuf";
import {
  type Service,
  ServiceSchema,
  type Task,
  type TaskExecution,
  TaskExecutionPhase,
  TaskExecutionSchema,
  TaskSchema,
} from "../../proto/gen/gitpod/v1/environment_automation_pb";
import type { Site } from "../site";
import type { ExecutionRow, ServiceRow, TaskRow } from "../world";

/** The service as the API returns it, with the URL of its log once it has been started. */
export function viewService(site: Site, row: ServiceRow): Service {
  const service = clone(ServiceSchema, row.remote);
  if (service.status !== undefined && row.owed.attempts > 0) {
    service.status.logUrl ||= `${site.origin}/logs/services/${row.id}`;
  }
  return service;
}

/** The task as the API returns it. */
export function viewTask(row: TaskRow): Task {
  return clone(TaskSchema, row.remote);
}

/** The execution as the API returns it, with the URL of its log once it runs. */
export function viewExecution(site: Site, row: ExecutionRow): TaskExecution {
  const execution = clone(TaskExecutionSchema, row.remote);
  if (execution.status !== undefined && execution.status.phase !== TaskExecutionPhase.PENDING) {
    execution.status.logUrl ||= `${site.origin}/logs/executions/${row.id}`;
  }
  return execution;
}
