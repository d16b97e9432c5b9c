import { ids, type TableName } from "../../emulator";
import type { Definition } from "../../provider/model/definition";
import * as resources from "../../provider/resources";
import type { JsonObject } from "../../provider/value/json";
import { derive } from "./derive";
import { markOf } from "./example";
import { tablesOf } from "./table";

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
export const mustConverge = (definition: Definition): boolean =>
  (definition.identity !== undefined && !endsByItself(definition)) ||
  definition.composed?.membersOf !== undefined ||
  definition.address !== undefined;

/** Whether objects of a kind always come to their end, so that what a lost create has begun may have ended before the next run. */
const endsByItself = ({ identity, phase }: Definition): boolean =>
  identity?.by === "parent" && phase?.desired === undefined;

/** Whether objects of a kind are nothing but a record of their end once they are up, which no call deletes. */
export const leavesRecord = (definition: Definition): boolean =>
  endsByItself(definition) && definition.phase?.cancel === undefined;

/** What calls of a kind do. */
export type Does = "create" | "update" | "delete";

/** Returns the calls by which an object is made, changed or deleted, as `EnvironmentService/CreateEnvironment`. */
export function callsOf({ definition, calls }: Subject & { readonly definition: Definition }, does: Does) {
  const called = definition[does];
  const method = typeof called === "object" && "input" in called ? called : definition.update;
  return calls?.[does] ?? (method ? [madeOf(`${method.parent.name}/${method.name}`)] : []);
}

/** Returns the call of the API that a call of our own comes to. */
const madeOf = (call: string): string => writesOfOwn[call] ?? call;

const writesOfOwn: Readonly<Record<string, string>> = {
  "WorkspaceService/CreateWorkspace": "WorkspacesService/CreateAndStartWorkspace",
  "TeamMemberService/SetTeamMember": "TeamsService/UpdateTeamMember",
  "TeamMemberService/RemoveTeamMember": "TeamsService/DeleteTeamMember",
  "TeamInvitationService/ResetTeamInvitation": "TeamsService/ResetTeamInvitation",
};

/** Every kind there is, with its definition and its inputs, which have marks where no ids are given. */
export const subjects = (home: Home = {}): (Subject & { readonly definition: Definition })[] =>
  Object.entries(resources).map(([name, definition]) => {
    const subject = samples[name] ?? { ...derived[name]!, table: tablesOf(definition) };
    const { table, calls, inputs, updated, replaced } = subject;
    return {
      definition: definition as Definition,
      table,
      ...(calls && { calls }),
      inputs: placed(inputs, home),
      ...(updated && { updated: placed(updated, home) }),
      ...(replaced && { replaced: placed(replaced, home) }),
    };
  });

/** Something that kinds live in: a resource whose inputs have the marks of those before it. */
export interface Need {
  readonly name: string;
  readonly definition: Definition;
  readonly inputs: JsonObject;
}

/** The inputs of the environment and the task that most kinds live in. */
export const homeInputs = {
  environment: { name: "Home", spec: { machine: { class: ids.smallClass } } },
  task: { metadata: { reference: "home", name: "Home" }, spec: { command: "sleep infinity" } },
};

/** Returns what a kind lives in alone. */
export const needsOf = (definition: Definition): readonly Need[] =>
  Object.entries(resources).flatMap(([name, each]) =>
    each !== definition ? [] : (derived[name]?.needs ?? needs.filter((need) => ["home", "task"].includes(need.name))),
  );

/** The ids of what kinds live in, by the names of the needs. */
export type Home = Readonly<Record<string, string>>;

/** Makes what kinds live in, one after the other, and returns where it is. */
export async function settle(make: (need: Need) => Promise<string>): Promise<Home> {
  const home: Record<string, string> = {};
  for (const need of needs) home[need.name] = await make({ ...need, inputs: placed(need.inputs, home) });
  return home;
}

/** Returns inputs with ids in the place of the marks; others may stand there, too. */
export function placed<T extends JsonObject>(inputs: T, home: Home): T {
  const text = Object.entries(home).reduce(
    (all, [name, id]) => all.replaceAll(markOf(name), id),
    JSON.stringify(inputs),
  );
  return JSON.parse(text);
}

const git = (name: string) => ({ specs: [{ git: { remoteUri: `https://example.com/${name}.git` } }] });

function tuned(): Readonly<Record<string, Subject>> {
  const [environmentId, taskId] = [markOf("home"), markOf("task")];
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
    secret: {
      table: "secrets",
      inputs: secret,
      updated: { ...secret, value: "canary-9a03be16" },
      replaced: { ...secret, name: "TOKEN_2" },
    },
  };
}

/** Kinds whose faults need more than their examples have: objects that go on, phases, members that come and go. */
const samples = tuned();

/** What the examples say of all others. */
const derived = Object.fromEntries(
  Object.entries(resources).flatMap(([name, definition]) =>
    name in samples ? [] : [[name, derive(definition as Definition)]],
  ),
);

/** What kinds live in, in the order in which it is made. */
export const needs: readonly Need[] = [
  { name: "home", definition: resources.environment as Definition, inputs: homeInputs.environment },
  {
    name: "task",
    definition: resources.task as Definition,
    inputs: { environmentId: markOf("home"), ...homeInputs.task },
  },
  ...Object.values(derived).flatMap((subject) => subject.needs),
];
