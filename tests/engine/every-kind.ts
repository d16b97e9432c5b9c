import { ids } from "../../emulator";
import type { JsonObject } from "../../provider/value/json";
import { javascript } from "./scene";

/** Arguments of one resource of each kind, without the ids of each other. */
export type Every = Record<
  "project" | "environment" | "service" | "task" | "taskExecution" | "automationsFile" | "group" | "secret",
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
  automationsFile: { yaml: "services: { worker: { name: Worker, commands: { start: npm run work } } }" },
  group: { organizationId: ids.organization, name: "Reviewers", description: "Read" },
  secret: { name: "TOKEN", value: "first-value", environmentVariable: true },
};

/** The same with a change in place of each kind that has one. */
export const updatedKind: Every = {
  ...everyKind,
  project: { ...everyKind.project, name: "Shop 2" },
  environment: { ...everyKind.environment, name: "Demo 2" },
  service: { ...everyKind.service, spec: { commands: { start: "npm start" }, env: [{ name: "PORT", value: "8080" }] } },
  task: { ...everyKind.task, spec: { command: "npm run seed -- --all" } },
  automationsFile: { yaml: "services: { worker: { name: Workers, commands: { start: npm run work } } }" },
  group: { ...everyKind.group, description: "Read and comment" },
  secret: { ...everyKind.secret, value: "second-value" },
};

/** The same with a change of each kind that replaces it. */
export const replacedKind: Every = {
  ...updatedKind,
  environment: { name: "Demo 2", spec: { machine: { class: ids.largeClass } } },
  service: { ...updatedKind.service, metadata: { reference: "web-2", name: "Web" } },
  task: { ...updatedKind.task, metadata: { reference: "seed-2", name: "Seed" } },
  group: { ...updatedKind.group, name: "Readers" },
  secret: { ...updatedKind.secret, name: "TOKEN_2" },
  project: {
    ...updatedKind.project,
    name: "Shop 3",
    initializer: { specs: [{ git: { remoteUri: "https://example.com/shop-3.git" } }] },
  },
};

/** A program with one resource of each kind, named for it, and the environment `home` for services and tasks. */
export const programOf = (every: Every): Record<string, string> => javascript(programIn(every));

/** The same without what imports the package. */
export const programIn = (every: Every): string => `
const home = new gitpod.Environment("home", { spec: { machine: { class: "${ids.smallClass}" } } });
const project = new gitpod.Project("project", ${JSON.stringify(every.project)}, { replaceOnChanges: ["initializer"] });
const environment = new gitpod.Environment("environment", ${JSON.stringify(every.environment)});
new gitpod.Service("service", { environmentId: home.id, ...${JSON.stringify(every.service)} });
const task = new gitpod.Task("task", { environmentId: home.id, ...${JSON.stringify(every.task)} });
new gitpod.TaskExecution("taskExecution", { taskId: task.id, ...${JSON.stringify(every.taskExecution)} });
new gitpod.AutomationsFile("automationsFile", { environmentId: environment.id, ...${JSON.stringify(every.automationsFile)} });
new gitpod.Group("group", ${JSON.stringify(every.group)}, { replaceOnChanges: ["name"] });
new gitpod.Secret("secret", { scope: { projectId: project.id }, ...${JSON.stringify(every.secret)} });
`;
