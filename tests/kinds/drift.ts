import type { JsonObject as ProtoJson } from "@bufbuild/protobuf";
import { type Emulator, ids, type TableName } from "../../emulator";
import { tablesOf as tablesIn } from "../../emulator/world";
import { check } from "../../provider/check/check";
import type { Definition } from "../../provider/model/definition";
import { isImplicit, zeroEntry } from "../../provider/model/descriptor";
import { factsOf, type Unit } from "../../provider/model/shape";
import * as resources from "../../provider/resources";
import {
  at,
  equal,
  isObject,
  type Json,
  type JsonObject,
  type Path,
  type Step,
  withAt,
} from "../../provider/value/json";
import { pattern, startsWith } from "../../provider/value/path";
import { changed } from "../core/canary";
import { isKey, type Leaf, membersAt } from "../core/leaf";
import { allInputs } from "../core/sample";
import { isId } from "./derive";
import { markOf } from "./example";
import type { Need } from "./subject";

/** Returns the dotted path of a leaf, with `[]` for each entry of a list or a map. */
export const nameOf = (leaf: Leaf): string => pattern(leaf.path.map((step, i) => (isKey(leaf, i) ? 0 : step)));

/** Returns the unit of which a leaf is a part. */
export const unitOf = (definition: Definition, path: Path): Unit | undefined =>
  factsOf(definition).units.find((unit) => startsWith(path, unit.path));

/** Says why nobody can change an input behind our back, by what the definition says of it; undefined where somebody can. */
export function whyNot(definition: Definition, leaf: Leaf): string | undefined {
  const { address = [], within = [], mergeBy = {}, phase } = definition;
  const name = nameOf(leaf);
  const isIn = (part: string): boolean => name === part || name.startsWith(`${part}.`) || name.startsWith(`${part}[]`);
  const unit = unitOf(definition, leaf.path);
  if ([...factsOf(definition).writeOnly].some(isIn)) return "the server keeps it to itself";
  if (unit?.name === phase?.desired) return "a phase, which moves by itself";
  if (!unit?.remote) return "no object shows it";
  // What a kind puts together by itself and no call changes is as it was stated.
  if (definition.find && !definition.update) return "no call changes it";
  if (name === "organizationId" || [...address, ...within].some(isIn)) return "says which object it is";
  const isEntry = Object.entries(mergeBy).some(([list, merge]) => name === `${list}[].${merge?.key}`);
  return isEntry ? "says which entry it is" : undefined;
}

/** Inputs, and where they state a leaf. */
export interface Stating {
  readonly inputs: JsonObject;
  readonly place: Path;
}

/** Returns inputs that state a leaf: what a program says anyway, else that with as little of all inputs in it as may be. */
export function statingOf(definition: Definition, programs: readonly JsonObject[], leaf: Leaf): Stating[] {
  const full = familiar(allInputs(definition, leaf.route), []);
  const grafted = programs.flatMap((stated) =>
    leaf.path.map((_, i) => graft(stated, full, leaf, leaf.path.length - i) as JsonObject),
  );
  return [...programs, ...grafted].flatMap((inputs) => {
    const checked = check(definition, inputs);
    const place = placeIn(checked.inputs, leaf);
    return checked.failures.length === 0 && place ? [{ inputs: checked.inputs, place }] : [];
  });
}

/** Returns the first place in some inputs where a leaf is stated, whatever the entries on the way are called. */
function placeIn(value: Json | undefined, leaf: Leaf, i = 0): Path | undefined {
  const step = leaf.path[i];
  if (step === undefined) return [];
  const keys: Step[] = Array.isArray(value)
    ? [...value.keys()]
    : isObject(value) && isKey(leaf, i)
      ? Object.keys(value)
      : [step];
  for (const key of keys) {
    const part = at(value, [key]);
    const below = part === undefined ? undefined : placeIn(part, leaf, i + 1);
    if (below) return [key, ...below];
  }
  return undefined;
}

/** Inputs with a part of others in them that begins so many steps down a path; what it cannot stand beside is left out. */
function graft(stated: Json | undefined, full: Json | undefined, leaf: Leaf, depth: number, i = 0): Json {
  const step = leaf.path[i];
  if (i === depth || step === undefined) return full!;
  const before = isObject(stated) ? stated : {};
  const name = (isKey(leaf, i) && Object.keys(before)[0]) || step;
  const inner = graft(at(stated, [name]), at(full, [step]), leaf, depth, i + 1);
  if (typeof step === "number") return [inner, ...(Array.isArray(stated) ? stated.slice(1) : [])];
  const others = membersAt(leaf, i);
  const kept = Object.entries(before).filter(([name]) => !others.includes(name));
  return { ...Object.fromEntries(kept), [name]: inner };
}

/** Sample inputs that name what is there in the place of what is not. */
function familiar(value: Json, path: Path): Json {
  if (Array.isArray(value)) return value.map((entry, i) => familiar(entry, [...path, i]));
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, familiar(part, [...path, name])]));
  const [, known] = Object.entries(there).find(([name]) => `.${pattern(path)}`.endsWith(`.${name}`)) ?? [];
  return known ?? value;
}

/** What others name, by the names of the inputs that name it. */
const there: Readonly<Record<string, string>> = {
  runnerId: ids.runner,
  environmentClassId: ids.largeClass,
  "environmentClassIds[]": ids.largeClass,
  projectId: markOf("named project"),
  integrationId: markOf("named integration"),
  "dependsOn[]": markOf("task"),
  "executor.id": ids.serviceAccount,
  "executor.principal": "PRINCIPAL_SERVICE_ACCOUNT",
  emailDomain: "shop.example.com",
  "emailDomains[]": "shop.example.com",
};

/** Returns what some inputs name that has to be there. */
export function namedIn(inputs: JsonObject): Need[] {
  const text = JSON.stringify(inputs);
  return named.filter((need) => text.includes(markOf(need.name)) || text.includes(`"${need.inputs.domain}"`));
}

const named: readonly Need[] = [
  {
    name: "named project",
    definition: resources.project as Definition,
    inputs: { name: "Named", initializer: { specs: [{ git: { remoteUri: "https://example.com/named.git" } }] } },
  },
  {
    name: "named integration",
    definition: resources.integration as Definition,
    inputs: { name: "Named", host: "named.example.com", auth: { apiKey: {} }, enabled: true },
  },
  {
    name: "named domain",
    definition: resources.domainVerification as Definition,
    inputs: { domain: "shop.example.com" },
  },
];

/** What programs state in ways that exclude each other. */
export const otherPrograms: Readonly<Record<string, readonly JsonObject[]>> = {
  UserBudget: [
    { mode: "ENTERPRISE_AI_USER_BUDGET_MODE_BYOK", monthlyCostLimitMicrounits: "7" },
    { mode: "ENTERPRISE_AI_USER_BUDGET_MODE_CREDITS", noCap: true },
  ],
};

/** Returns another value than the one of a leaf; undefined where there is no other. */
export function another({ field }: Leaf, value: Json | undefined): Json | undefined {
  const zero = zeroEntry(field);
  if (field.enum)
    return field.enum.values.find((each) => !each.deprecated && each.name !== zero && each.name !== value)?.name;
  if (field.message) return others[field.message.typeName];
  if (typeof value === "boolean") return !value;
  if (typeof value === "number") return value + 1;
  if (typeof value !== "string") return undefined;
  if (zero === "0") return String(BigInt(value) + 1n);
  return isId.test(value) ? `${value.slice(0, -1)}${value.endsWith("0") ? "1" : "0"}` : `${value}2`;
}

const others: Readonly<Record<string, string>> = {
  "google.protobuf.Duration": "4321s",
  "google.protobuf.Timestamp": "2031-05-06T07:08:09Z",
};

/** Whether a value says something that its absence does not. */
export const isTelling = ({ field }: Leaf, value: Json | undefined): boolean =>
  !(isImplicit(field) && equal(value, zeroEntry(field)));

/** Lets somebody else give a part of what a row of the emulator has another value, or none. */
export function changeRow(
  { admin, world }: Emulator,
  definition: Definition,
  { table, id }: { readonly table: TableName; readonly id: string },
  place: Path,
  value: Json | undefined,
): void {
  const { write, rows } = tablesIn(world)[table];
  const { path, remote: shown = path, field } = unitOf(definition, place)!;
  // What an answer as a whole has is the row itself.
  const remote = field.message && factsOf(definition).resource === definition.get?.output ? [] : shown;
  const old = write(rows.get(id)?.remote) as JsonObject;
  const target = [...remote, ...place.slice(path.length)];
  const isNew = value !== undefined && at(old, target.slice(0, -1)) === undefined;
  const now = (isNew ? withAt(old, target.map(String), value) : changed(old, target, value)) as JsonObject;
  admin.patch(table, id, patchBetween(old, now) as ProtoJson);
}

/** What a patch has to say so that an object becomes another. */
function patchBetween(old: JsonObject, now: JsonObject): JsonObject {
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((name) => !equal(old[name], now[name]));
  return Object.fromEntries(
    names.map((name): [string, Json] => {
      const [before, after] = [old[name], now[name]];
      return [name, isObject(before) && isObject(after) ? patchBetween(before, after) : (after ?? null)];
    }),
  );
}
