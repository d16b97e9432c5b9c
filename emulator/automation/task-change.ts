import { clone, create } from "@bufbuild/protobuf";
import {
  type CreateTaskRequest,
  CreateTaskRequestSchema,
  TaskSchema,
  type UpdateTaskRequest,
} from "../../proto/gen/gitpod/v1/environment_automation_pb";
import type { Caller } from "../caller";
import { changed, insert, remove } from "../change";
import { invalid } from "../refusal";
import { type Site, timestamp } from "../site";
import { completeTask } from "../whole";
import type { TaskRow } from "../world";
import { placeFor, requireFreeReference } from "./place";
import { checkDependencies } from "./plan";

/** Adds a task, which runs when it is started or triggered. */
export function createTask(site: Site, caller: Caller, request: CreateTaskRequest): TaskRow {
  const { environmentId, metadata, spec, dependsOn } = clone(CreateTaskRequestSchema, request);
  const environment = placeFor(site, caller, environmentId);
  if (metadata === undefined) {
    throw invalid("metadata: reference and name are required");
  }
  requireFreeReference(site, "task", site.world.tasks.rows.values(), environmentId, metadata.reference);
  const id = site.newId();
  checkDependencies(site, environmentId, id, dependsOn);
  const remote = completeTask(create(TaskSchema, { id, environmentId, metadata, dependsOn }));
  Object.assign(remote.metadata, {
    createdAt: timestamp(site),
    creator: { $typeName: "gitpod.v1.Subject", id: caller.id, principal: caller.principal },
  });
  Object.assign(remote.spec, spec);
  const row: TaskRow = { id, remote, owner: environment.owner, owed: null };
  insert(site, site.world.tasks, row);
  return row;
}

/** Changes a task; what is missing in the request stays, and so does a list that comes empty. */
export function updateTask(site: Site, row: TaskRow, request: UpdateTaskRequest): void {
  const { metadata, spec } = row.remote;
  const clears = site.otherwise("automation-empty-list");
  checkDependencies(site, row.remote.environmentId, row.id, request.dependsOn);
  metadata.name = request.metadata?.name ?? metadata.name;
  metadata.description = request.metadata?.description ?? metadata.description;
  metadata.triggeredBy = request.metadata?.triggeredBy?.trigger ?? metadata.triggeredBy;
  spec.command = request.spec?.command ?? spec.command;
  spec.prebuildRequiresSuccess = request.spec?.prebuildRequiresSuccess ?? spec.prebuildRequiresSuccess;
  if (request.spec?.runsOn !== undefined) {
    spec.runsOn = request.spec.runsOn;
  }
  if (request.spec !== undefined && (request.spec.env.length > 0 || clears)) {
    spec.env = request.spec.env;
  }
  if (request.dependsOn.length > 0 || clears) {
    row.remote.dependsOn = request.dependsOn;
  }
  changed(site, site.world.tasks, row);
}

/**
 * Removes a task; facts are silent on its executions, which the emulator removes with it (`task-delete-executions`).
 */
export function deleteTask(site: Site, row: TaskRow): void {
  const { tasks, taskExecutions } = site.world;
  for (const execution of [...taskExecutions.rows.values()]) {
    if (execution.remote.metadata.taskId === row.id) {
      remove(site, taskExecutions, execution);
    }
  }
  remove(site, tasks, row);
}
