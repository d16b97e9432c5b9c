import { ids } from "../../emulator";
import { check } from "../../provider/check/check";
import type { Definition } from "../../provider/model/definition";
import { kindName, objectName } from "../../provider/model/module";
import { at, equal, isObject, type Json, type JsonObject } from "../../provider/value/json";
import { steps } from "../../provider/value/path";
import { markOf } from "./example";
import { inOrder, type Link, takes } from "./program";
import { needs, type Subject, subjects } from "./subject";

/** What a program says of a resource. */
export interface Said {
  readonly inputs: JsonObject;
  readonly options?: JsonObject;
}

/** What a program says of one resource of each kind, by its name, with the marks of others in the place of their ids. */
export type Every = Readonly<Record<string, Said>>;

/** The kinds by the names of the resources. */
export const everySubject: Readonly<Record<string, Subject & { readonly definition: Definition }>> = Object.fromEntries(
  subjects().map((subject) => [nameOf(subject.definition), subject]),
);

/** Where the kinds live; the task of the program is among the kinds. */
const homes: readonly Link[] = needs
  .filter(({ name }) => name !== "task")
  .map(({ name, definition, inputs }) => ({ name, kind: kindName(definition), inputs }));

/** The resources of a program with one of each kind, and of what they live in. */
export const linksOf = (every: Every): Link[] =>
  inOrder([
    ...homes,
    ...Object.entries(every).map(([name, said]) => ({ name, kind: kindName(definitionOf(name)), ...said })),
  ]);

/** Returns what becomes of each resource where a program changes from one to the other. */
export function becoming(from: Every, to: Every): Record<string, "same" | "update" | "replace"> {
  const replaced = new Set<string>();
  const operations = linksOf(to).map((link): [string, "same" | "update" | "replace"] => {
    const [before, after] = [from[link.name], to[link.name]];
    if (!before || !after) return [link.name, "same"];
    const isChanged = !equal(before.inputs, after.inputs);
    const isReplaced =
      [...replaced].some((name) => takes(link, name)) ||
      (isChanged && after.inputs === replacedKind[link.name]?.inputs);
    if (isReplaced) replaced.add(link.name);
    return [link.name, isReplaced ? "replace" : isChanged ? "update" : "same"];
  });
  return Object.fromEntries(operations);
}

/** The same of every resource. */
export const all = <T>(operation: T): Record<string, T> =>
  Object.fromEntries(linksOf(everyKind).map(({ name }) => [name, operation]));

/** Returns what Pulumi shows of a change, property by property. */
export function differencesOf(from: Every, to: Every): Record<string, Record<string, string>> {
  const found = Object.entries(to).map(([name, { inputs }]): [string, Record<string, string>] => {
    const canonical = (some: JsonObject): JsonObject => check(definitionOf(name), some).inputs;
    return [name, leaves(canonical(from[name]!.inputs), canonical(inputs), "")];
  });
  return Object.fromEntries(found.filter(([, paths]) => Object.keys(paths).length > 0));
}

function leaves(old: Json | undefined, now: Json | undefined, path: string): Record<string, string> {
  if (old === undefined) return { [path]: "add" };
  if (now === undefined) return { [path]: "delete" };
  if (equal(old, now)) return {};
  const [before, after] = [partsOf(old, path), partsOf(now, path)];
  if (!before || !after) return { [path]: "update" };
  const paths = new Set([...before.keys(), ...after.keys()]);
  return Object.assign({}, ...[...paths].map((inner) => leaves(before.get(inner), after.get(inner), inner)));
}

function partsOf(value: Json, path: string): Map<string, Json> | undefined {
  if (Array.isArray(value)) return new Map(value.map((entry, i) => [`${path}[${i}]`, entry]));
  if (!isObject(value)) return undefined;
  return new Map(Object.entries(value).map(([name, part]) => [path === "" ? name : `${path}.${name}`, part]));
}

/** One resource of each kind. */
export const everyKind: Every = everyOf(({ inputs }) => ({ inputs }));

/** The same with a change in place of each kind that has one. */
export const updatedKind: Every = everyOf(({ inputs, updated = inputs }) => ({ inputs: updated }));

/** What a program says to have an object replaced that changes in place; what it is named by may stay. */
const byForce = { replaceOnChanges: ["*"], deleteBeforeReplace: true };

/** The same with a change of each kind that replaces it; what changes in place only is replaced where the program says so. */
export const replacedKind: Every = everyOf(({ inputs, updated, replaced, options }) => {
  if (replaced) return { inputs: replaced, ...(options && { options }) };
  return updated ? { inputs, options: byForce } : { inputs };
});

/** The names of those that are other objects afterwards, under other ids: what is named by its address may keep that. */
export const renewed: readonly string[] = Object.entries(becoming(updatedKind, replacedKind)).flatMap(
  ([name, operation]) => (operation === "replace" && !mayKeepId(name) ? [name] : []),
);

/** Whether a replacement leaves the inputs as they are by which an object is named. */
function mayKeepId(name: string): boolean {
  const { address = ["id"] } = definitionOf(name);
  const [before, after] = [updatedKind, replacedKind].map((every) => every[name]?.inputs);
  const staysIn = (part: string) =>
    part !== "id" && equal(at(before, steps(part)) ?? null, at(after, steps(part)) ?? null);
  return replacedKind[name]?.options === byForce || address.every(staysIn);
}

/** What a program may make of a resource, and what it says for the replacement. */
interface Changes extends Pick<Subject, "inputs" | "updated" | "replaced">, Pick<Said, "options"> {}

function everyOf(say: (changes: Changes) => Said): Every {
  const written = writtenKinds();
  return Object.fromEntries(
    Object.entries(everySubject).map(([name, derived]) => [name, say(written[name] ?? derived)]),
  );
}

function definitionOf(name: string): Definition {
  const found = everySubject[name];
  if (!found) throw new Error(`no kind ${name}`);
  return found.definition;
}

/** `taskExecution` for `TaskExecution`. */
function nameOf(definition: Definition): string {
  return objectName(kindName(definition));
}

/** Kinds that live in each other here, change in other ways than their examples show, or are given back without a warning. */
function writtenKinds(): Readonly<Record<string, Changes>> {
  const environmentId = markOf("home");
  const git = (name: string) => ({ specs: [{ git: { remoteUri: `https://example.com/${name}.git` } }] });
  const environmentClasses = [{ environmentClassId: ids.smallClass, order: 0 }];
  const project = { name: "Shop", initializer: git("shop"), environmentClasses };
  const environment = {
    name: "Demo",
    spec: {
      desiredPhase: "ENVIRONMENT_PHASE_RUNNING",
      machine: { class: ids.smallClass },
      ports: [{ port: 3000, name: "web", admission: "ADMISSION_LEVEL_ORGANIZATION" }],
    },
  };
  const commands = { start: "npm start" };
  const service = {
    environmentId,
    metadata: { reference: "web", name: "Web" },
    spec: { commands, env: [{ name: "PORT", value: "3000" }] },
  };
  const newPort = { ...service, spec: { commands, env: [{ name: "PORT", value: "8080" }] } };
  const task = { environmentId, metadata: { reference: "seed", name: "Seed" }, spec: { command: "npm run seed" } };
  const newCommand = { ...task, spec: { command: "npm run seed -- --all" } };
  const file = (name: string) => ({
    environmentId: markOf("environment"),
    yaml: `services: { worker: { name: ${name}, commands: { start: npm run work } } }`,
  });
  const scope = { projectId: markOf("project") };
  const policies = { maximumEnvironmentsPerUser: "10", portSharingDisabled: true };
  const secret = { scope, name: "TOKEN", value: "first-value", environmentVariable: true };
  return {
    project: {
      inputs: project,
      updated: { ...project, name: "Shop 2" },
      replaced: { ...project, name: "Shop 3", initializer: git("shop-3") },
      options: { replaceOnChanges: ["initializer"] },
    },
    environment: {
      inputs: environment,
      updated: { ...environment, name: "Demo 2" },
      replaced: { name: "Demo 2", spec: { machine: { class: ids.largeClass } } },
    },
    service: {
      inputs: service,
      updated: newPort,
      replaced: { ...newPort, metadata: { reference: "web-2", name: "Web" } },
    },
    task: {
      inputs: task,
      updated: newCommand,
      replaced: { ...newCommand, metadata: { reference: "seed-2", name: "Seed" } },
    },
    organizationPolicies: { inputs: policies, updated: { ...policies, maximumEnvironmentsPerUser: "11" } },
    taskExecution: { inputs: { taskId: markOf("task"), triggers: { data: "1" } } },
    automationsFile: { inputs: file("Worker"), updated: file("Workers"), replaced: file("Workers") },
    secret: {
      inputs: secret,
      updated: { ...secret, value: "second-value" },
      replaced: { ...secret, name: "TOKEN_2", value: "second-value" },
    },
  };
}
