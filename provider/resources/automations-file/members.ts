import type { Definition } from "../../model/definition";
import type { Operation } from "../../model/operation";
import type { State } from "../../model/state";
import { allOf } from "../../reading/pages";
import { at, isObject, type Json, type JsonObject, withoutAt } from "../../value/json";
import { service } from "../service";
import { task } from "../task";
import { serviceInFile, taskInFile } from "./file-form";

/** The services and tasks of an environment, or some of them, as the API gives them. */
export type Members = { readonly [group in Group]: readonly JsonObject[] };

/** What an automations file has two maps of. */
export type Group = (typeof groups)[number];

/** Both, those first that may depend on others. */
export const groups = ["tasks", "services"] as const;

/** What each of them is. */
export const kinds: { readonly [group in Group]: Definition } = { services: service, tasks: task };

/** Lists all services and tasks of an environment. */
export async function membersOf(operation: Operation, environmentId: string): Promise<Members> {
  const filter = { environmentIds: [environmentId] };
  const [tasks, services] = await Promise.all(groups.map((group) => allOf(kinds[group], operation, filter)));
  return { tasks: tasks ?? [], services: services ?? [] };
}

/** Returns those that are chosen. */
export const chosen = (members: Members, isChosen: (group: Group, member: JsonObject) => boolean): Members => ({
  tasks: members.tasks.filter((member) => isChosen("tasks", member)),
  services: members.services.filter((member) => isChosen("services", member)),
});

/** Whether inputs name the reference of a member. */
export const isNamed = (inputs: JsonObject, group: Group, member: JsonObject): boolean =>
  at(inputs, ["automations", group, referenceOf(member)]) !== undefined;

/** Returns the name that dependencies and files use. */
export const referenceOf = (member: JsonObject): string => String(at(member, ["metadata", "reference"]));

/** Returns the object that these members are together; the others tell what ids mean that they depend on. */
export function objectOf(environmentId: string, members: Members, others: Members): JsonObject {
  const known = new Map([...others.services, ...others.tasks].map((member) => [member.id, referenceOf(member)]));
  const named = (id: Json): Json => known.get(id) ?? id;
  return {
    id: environmentId,
    environmentId,
    automations: {
      ...(members.services.length > 0 && { services: byReference(members.services, serviceInFile) }),
      ...(members.tasks.length > 0 && { tasks: byReference(members.tasks, (member) => taskInFile(member, named)) }),
    },
    services: byReference(members.services, ({ id }) => id!),
    tasks: byReference(members.tasks, ({ id }) => id!),
  };
}

/** Returns the object without one of its members. */
export function without(object: JsonObject, group: Group, reference: string): JsonObject {
  return withoutAt(withoutAt(object, [group, reference]), ["automations", group, reference]);
}

/** Lets go of the members of an imported object that nobody has stated. */
export function withoutUnstated(state: State): State {
  if (!state.seen.imported) return state;
  const { imported: _, ...seen } = state.seen;
  return { ...state, seen, outputs: reduced(state.outputs, state.inputs) };
}

/** Returns the object with those members only that inputs name; all of it where they name none. */
function reduced(object: JsonObject, inputs: JsonObject): JsonObject {
  if (inputs.automations === undefined) return object;
  const members = groups.flatMap((group) =>
    Object.keys(idsIn(object)?.[group] ?? {}).map((name) => [group, name] as const),
  );
  return members
    .filter(([group, reference]) => at(inputs, ["automations", group, reference]) === undefined)
    .reduce((rest, [group, reference]) => without(rest, group, reference), object);
}

/** Ids by group and reference. */
export type Ids = { readonly [group in Group]: JsonObject };

/** Returns the ids that an object says belong to it; undefined where it says nothing of that. */
export function idsIn(object: JsonObject | undefined): Ids | undefined {
  const [tasks, services] = groups.map((group) => object?.[group]);
  if (!isObject(tasks) && !isObject(services)) return undefined;
  return { tasks: isObject(tasks) ? tasks : {}, services: isObject(services) ? services : {} };
}

const byReference = (members: readonly JsonObject[], value: (member: JsonObject) => Json): JsonObject =>
  Object.fromEntries(members.map((member) => [referenceOf(member), value(member)]));
