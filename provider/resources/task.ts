import { EnvironmentAutomationService } from "../../proto/gen/gitpod/v1/environment_automation_pb";
import { defineResource } from "../model/definition";

const automations = EnvironmentAutomationService.method;

/**
 * A command inside an environment that runs to its end each time it is started.
 *
 * The task by itself is only declared, for people and triggers to start. `dependsOn` lists the ids of services and tasks
 * that come first.
 */
export const task = defineResource({
  kind: "Task",
  create: automations.createTask,
  get: automations.getTask,
  list: automations.listTasks,
  update: automations.updateTask,
  delete: automations.deleteTask,
  required: ["environmentId", "metadata.reference", "metadata.name", "spec.command"],
  outputOnly: ["metadata.createdAt", "metadata.creator"],
  naturalKey: ["environmentId", "metadata.reference"],
  creatorOnly: true,
  identity: { by: "key", filter: { environmentIds: "environmentId", references: "metadata.reference" } },
  timeouts: { create: 60, update: 60, delete: 60 },
  partOf: "environmentId",
});
