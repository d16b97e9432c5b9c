import { ids, type TableName } from "../../emulator";
import type { Definition } from "../../provider/model/definition";
import * as resources from "../../provider/resources";
import type { JsonObject } from "../../provider/value/json";

/** Inputs of a kind, and what a program may make of them. */
export interface Subject {
  readonly table: TableName | readonly TableName[];
  readonly inputs: JsonObject;
  /** What changes in place; missing where nothing does. */
  readonly updated?: JsonObject;
  /** The calls of the API that it is composed of, where it has none of its own. */
  readonly calls?: { readonly [does in Does]: readonly string[] };
  /** What only another object can have; missing where everything changes in place. */
  readonly replaced?: JsonObject;
}

/** Whether what a create has left can be told for certain, so that a refusal would be a failure. */
export const mustConverge = ({ identity, composed }: Definition): boolean =>
  identity !== undefined || composed !== undefined;

/** What calls of a kind do. */
export type Does = "create" | "update" | "delete";

/** Returns the calls by which an object is made, changed or deleted, as `EnvironmentService/CreateEnvironment`. */
export function callsOf({ definition, calls }: Subject & { readonly definition: Definition }, does: Does) {
  const method = definition[does];
  return calls?.[does] ?? (method ? [`${method.parent.name}/${method.name}`] : []);
}

/** Where services, tasks and their executions live. */
export interface Home {
  readonly environmentId: string;
  readonly taskId: string;
}

/** The inputs of the home. */
export const homeInputs = {
  environment: { name: "Home", spec: { machine: { class: ids.smallClass } } },
  task: { metadata: { reference: "home", name: "Home" }, spec: { command: "sleep infinity" } },
};

/** Every kind there is, with its definition and inputs. */
export function subjects(home: Home): (Subject & { definition: Definition })[] {
  const known: Record<string, Subject> = samples(home);
  return Object.entries(resources).map(([name, definition]) => {
    const subject = known[name];
    if (!subject) throw new Error(`tests/faults/subject.ts has no inputs for ${name}`);
    return { ...subject, definition: definition as Definition };
  });
}

const git = (name: string) => ({ specs: [{ git: { remoteUri: `https://example.com/${name}.git` } }] });

function samples({ environmentId, taskId }: Home): { readonly [name in keyof typeof resources]: Subject } {
  const project = {
    name: "Shop",
    initializer: git("shop"),
    environmentClasses: [{ environmentClassId: ids.smallClass, order: 0 }],
  };
  const environment = {
    name: "Demo",
    spec: { desiredPhase: "ENVIRONMENT_PHASE_RUNNING", machine: { class: ids.smallClass } },
  };
  const service = {
    environmentId,
    metadata: { reference: "web", name: "Web" },
    spec: { desiredPhase: "SERVICE_PHASE_RUNNING", commands: { start: "sleep infinity" } },
  };
  const task = { environmentId, metadata: { reference: "seed", name: "Seed" }, spec: { command: "npm run seed" } };
  const taskExecution = { taskId, desiredPhase: "TASK_EXECUTION_PHASE_RUNNING", triggers: { data: "1" } };
  const worker = { name: "Worker", commands: { start: "sleep infinity" } };
  const lint = { name: "Lint", command: "npm run lint", dependsOn: ["worker"] };
  const automationsFile = { environmentId, automations: { services: { worker }, tasks: { lint } } };
  const group = { organizationId: ids.organization, name: "Reviewers", description: "Read" };
  const secret = {
    scope: { organizationId: ids.organization },
    name: "TOKEN",
    value: "canary-4f1d7c52",
    environmentVariable: true,
  };
  return {
    project: {
      table: "projects",
      inputs: project,
      updated: {
        ...project,
        name: "Shop 2",
        environmentClasses: [{ environmentClassId: ids.largeClass, order: 0 }],
      },
    },
    environment: {
      table: "environments",
      inputs: environment,
      updated: { ...environment, name: "Demo 2" },
      replaced: { ...environment, spec: { ...environment.spec, machine: { class: ids.largeClass } } },
    },
    service: {
      table: "services",
      inputs: service,
      updated: { ...service, spec: { ...service.spec, commands: { start: "tail -f /dev/null" } } },
      replaced: { ...service, metadata: { reference: "web-2", name: "Web" } },
    },
    task: {
      table: "tasks",
      inputs: task,
      updated: { ...task, spec: { command: "npm run seed -- --all" } },
      replaced: { ...task, metadata: { reference: "seed-2", name: "Seed" } },
    },
    taskExecution: {
      table: "taskExecutions",
      inputs: taskExecution,
      replaced: { ...taskExecution, triggers: { data: "2" } },
    },
    automationsFile: {
      table: ["services", "tasks"],
      inputs: automationsFile,
      updated: {
        ...automationsFile,
        automations: {
          services: { worker: { ...worker, name: "Workers" } },
          tasks: { test: { ...lint, name: "Test" } },
        },
      },
      calls: {
        create: ["EnvironmentAutomationService/UpsertAutomationsFile"],
        update: ["EnvironmentAutomationService/UpsertAutomationsFile", "EnvironmentAutomationService/DeleteTask"],
        delete: ["EnvironmentAutomationService/DeleteTask", "EnvironmentAutomationService/DeleteService"],
      },
    },
    group: {
      table: "groups",
      inputs: group,
      updated: { ...group, description: "Read and comment" },
    },
    secret: {
      table: "secrets",
      inputs: secret,
      updated: { ...secret, value: "canary-9a03be16" },
      replaced: { ...secret, name: "TOKEN_2" },
    },
  };
}
