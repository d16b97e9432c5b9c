import { ids } from "../../emulator";
import type { JsonObject } from "../../provider/json";
import { javascript } from "./scene";

/** Arguments of one resource of each kind, without the ids of each other. */
export type Every = Record<
  "project" | "environment" | "service" | "task" | "taskExecution" | "group" | "secret",
  JsonObject
>;

/** One resource of each kind. */
export const everyKind: Every = {
  project: {
    name: "Shop",
    initializer: { specs: [{ git: { remoteUri: "https://example.com/shop.git" } }] },
    environmentClasses: [{ environmentClassId: ids.smallClass, order: 0 }],
  },
  environment: {
    name: "Demo",
    spec: {
      desiredPhase: "ENVIRONMENT_PHASE_RUNNING",
      machine: { class: ids.smallClass },
      ports: [{ port: 3000, name: "web", admission: "ADMISSION_LEVEL_ORGANIZATION" }],
    },
  },
  service: {
    metadata: { reference: "web", name: "Web" },
    spec: { commands: { start: "npm start" }, env: [{ name: "PORT", value: "3000" }] },
  },
  task: { metadata: { reference: "seed", name: "Seed" }, spec: { command: "npm run seed" } },
  taskExecution: { triggers: { data: "1" } },
  group: { organizationId: ids.organization, name: "Reviewers", description: "Read" },
  secret: { name: "TOKEN", value: "first-value", environmentVariable: true },
};

/** A program with one resource of each kind, named for it, and the environment `home` for services and tasks. */
export const programOf = (every: Every): Record<string, string> =>
  javascript(`
const every = ${JSON.stringify(every)};
const home = new gitpod.Environment("home", { spec: { machine: { class: "${ids.smallClass}" } } });
const project = new gitpod.Project("project", every.project);
new gitpod.Environment("environment", every.environment);
new gitpod.Service("service", { environmentId: home.id, ...every.service });
const task = new gitpod.Task("task", { environmentId: home.id, ...every.task });
new gitpod.TaskExecution("taskExecution", { taskId: task.id, ...every.taskExecution });
new gitpod.Group("group", every.group, { replaceOnChanges: ["name"] });
new gitpod.Secret("secret", { scope: { projectId: project.id }, ...every.secret });
`);
