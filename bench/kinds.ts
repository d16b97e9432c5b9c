import { create } from "@bufbuild/protobuf";
import { type Emulator, ids } from "../emulator";
import { EnvironmentAutomationService } from "../proto/gen/gitpod/v1/environment_automation_pb";
import { EnvironmentService } from "../proto/gen/gitpod/v1/environment_pb";
import { CreateProjectRequestSchema, ProjectService } from "../proto/gen/gitpod/v1/project_pb";
import { type Client, createClient } from "../provider/client/client";
import type { JsonObject } from "../provider/value/json";

/** What is there before a program runs, for kinds whose objects live in others. */
export interface Home {
  readonly environmentId: string;
  readonly taskId: string;
  readonly projectId: string;
}

/** Which of two programs: the first, or the one with a change in place of every resource. */
export type Variant = "first" | "changed";

type Inputs = (number: number, variant: Variant, home: Home) => JsonObject;

/** The inputs of one of many objects of a kind; a kind without a change in place has the same in both variants. */
export const kinds = {
  Project: (number, variant) => ({
    name: `Shop ${number}${variant === "first" ? "" : " 2"}`,
    initializer: { specs: [{ git: { remoteUri: `https://example.com/shop-${number}.git` } }] },
    environmentClasses: [{ environmentClassId: ids.smallClass, order: 0 }],
  }),
  Environment: (number, variant) => ({
    name: `Demo ${number}${variant === "first" ? "" : " 2"}`,
    spec: { desiredPhase: "ENVIRONMENT_PHASE_RUNNING", machine: { class: ids.smallClass } },
  }),
  Service: (number, variant, { environmentId }) => ({
    environmentId,
    metadata: { reference: `web-${number}`, name: "Web" },
    spec: {
      desiredPhase: "SERVICE_PHASE_RUNNING",
      commands: { start: variant === "first" ? "npm start" : "npm run dev" },
    },
  }),
  Task: (number, variant, { environmentId }) => ({
    environmentId,
    metadata: { reference: `seed-${number}`, name: "Seed" },
    spec: { command: variant === "first" ? "npm run seed" : "npm run seed -- --all" },
  }),
  TaskExecution: (number, _, { taskId }) => ({ taskId, triggers: { number: String(number) } }),
  AutomationsFile: (number, variant, { environmentId }) => ({
    environmentId,
    automations: {
      tasks: { [`${variant === "first" ? "lint" : "test"}-${number}`]: { name: "Check", command: "npm run check" } },
    },
  }),
  Group: (number, variant) => ({
    organizationId: ids.organization,
    name: `Reviewers ${number}`,
    description: variant === "first" ? "Read" : "Read and comment",
  }),
  Secret: (number, variant, { projectId }) => ({
    name: `TOKEN_${number}`,
    value: variant === "first" ? "first-value" : "second-value",
    environmentVariable: true,
    scope: { projectId },
  }),
} satisfies Record<string, Inputs>;

/** A kind that can be measured. */
export type Kind = keyof typeof kinds;

/** One of many resources. */
export interface Resource {
  readonly name: string;
  readonly inputs: JsonObject;
}

/** Returns many resources of a kind. */
export const resourcesOf = (kind: Kind, size: number, variant: Variant, home: Home): Resource[] =>
  Array.from({ length: size }, (_, number) => ({
    name: `${kind.toLowerCase()}-${number}`,
    inputs: (kinds[kind] as Inputs)(number, variant, home),
  }));

/** Makes a client of an emulator in this process. */
export const clientIn = (emulator: Emulator): Client =>
  createClient(emulator.transport(), { host: "https://emulator.test/api" });

/** Makes what objects of some kinds live in. */
export async function settleHome(emulator: Emulator): Promise<Home> {
  const client = clientIn(emulator);
  const { environment } = await client.call(EnvironmentService.method.createEnvironment, {
    name: "Home",
    spec: { machine: { class: ids.smallClass } },
  });
  emulator.settle();
  const environmentId = environment!.id;
  const { task } = await client.call(EnvironmentAutomationService.method.createTask, {
    environmentId,
    metadata: { reference: "home", name: "Home" },
    spec: { command: "true" },
  });
  return { environmentId, taskId: task!.id, projectId: await addProject(client, "Home") };
}

/** Adds a project that no program knows, and returns its id. */
export async function addProject(client: Client, name: string): Promise<string> {
  const { project } = await client.call(
    ProjectService.method.createProject,
    create(CreateProjectRequestSchema, {
      name,
      initializer: { specs: [{ spec: { case: "git", value: { remoteUri: "https://example.com/home.git" } } }] },
    }),
  );
  return project!.id;
}
