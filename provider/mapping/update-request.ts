import type { DescField } from "@bufbuild/protobuf";
import type { Definition, Merge } from "../model/definition";
import { isImplicit, isLeaf, zero } from "../model/descriptor";
import { factsOf, type Unit } from "../model/shape";
import { at, equal, isObject, type Json, type JsonObject, put } from "../value/json";
import { startsWith } from "../value/path";
import { createRequest } from "./create-request";

/** The old and the new inputs, and the object as it is. */
export interface Transition {
  readonly olds: JsonObject;
  readonly news: JsonObject;
  readonly remote: JsonObject;
  /** What removed units are sent as, by their names, where they are given back; the others stay. */
  readonly back?: JsonObject;
}

/**
 * Returns the part of a request that updates these units, without what names the object: what has changed, what was
 * removed as its empty value, and what the request cannot leave out. Undefined where the update request takes none of them.
 */
export function updateRequest(
  definition: Definition,
  units: readonly Unit[],
  transition: Transition,
): JsonObject | undefined {
  const { update } = definition;
  const changed = units.filter((unit) => unit.update);
  if (!update || changed.length === 0) return undefined;
  if (isWhole(definition)) return createRequest(definition, update, transition.news);
  const request: JsonObject = {};
  for (const unit of changed) {
    const value = valueSent(definition, unit, transition);
    if (value !== undefined) put(request, unit.update!.path, value);
  }
  for (const unit of factsOf(definition).units.filter((u) => !changed.includes(u) && isLostWhenLeftOut(u))) {
    const value = at(transition.news, unit.path) ?? (unit.remote && at(transition.remote, unit.remote));
    if (value !== undefined && parentIsSent(request, unit.update!.path)) put(request, unit.update!.path, value);
  }
  return Object.keys(request).length > 0 ? request : undefined;
}

/** Whether that request is made of what the server has as well, which then has to be read first. */
export function needsRemote(definition: Definition, units: readonly Unit[], news: JsonObject): boolean {
  const changed = units.filter((unit) => unit.update);
  const isCompleted = (unit: Unit): boolean =>
    definition.mergeBy?.[unit.name] !== undefined ||
    (at(news, unit.path) !== undefined && !unit.update!.wrapper && isOverlaid(unit.field));
  const isSentBeside = ({ update }: Unit): boolean =>
    changed.some((other) => startsWith(other.update!.path, update!.path.slice(0, -1)));
  return (
    !isWhole(definition) &&
    (changed.some(isCompleted) ||
      factsOf(definition).units.some(
        (unit) => isLostWhenLeftOut(unit) && unit.remote && at(news, unit.path) === undefined && isSentBeside(unit),
      ))
  );
}

/** Whether a call both creates and updates, so that it takes the whole object as it is stated. */
const isWhole = ({ create, update }: Definition): boolean => update !== undefined && update === create;

/** Whether what is stated of a value is laid over what the server has. */
const isOverlaid = (f: DescField): boolean => f.fieldKind === "message" && !isLeaf(f.message);

/** A scalar without presence in the update request reads as its zero when it is left out. */
const isLostWhenLeftOut = (unit: Unit): boolean => unit.update !== undefined && isImplicit(unit.update.field);

const parentIsSent = (request: JsonObject, path: readonly string[]): boolean =>
  isObject(at(request, path.slice(0, -1)));

function valueSent(definition: Definition, unit: Unit, { olds, news, remote, back }: Transition): Json | undefined {
  const old = at(olds, unit.path);
  const now = at(news, unit.path);
  const there = unit.remote && at(remote, unit.remote);
  const merge = definition.mergeBy?.[unit.name];
  if (merge) return changedEntries(unit.field, merge, old, now, there);
  if (now === undefined && unit.whenRemoved === "restore") return back?.[unit.name];
  if (now === undefined) return unit.whenRemoved === "leave" ? undefined : zero(unit.update!.field);
  if (unit.update!.wrapper) return { [unit.update!.wrapper]: now };
  return unit.field.fieldKind === "message" ? overlaid(unit.field, there, now, old) : now;
}

/** Entries that are new or changed, completed by what the server has, and one entry for each that is taken away. */
function changedEntries(
  f: DescField,
  merge: Merge,
  old: Json | undefined,
  now: Json | undefined,
  there: Json | undefined,
): Json {
  const before = entriesOf(old);
  const find = (entries: readonly JsonObject[], entry: JsonObject): JsonObject | undefined =>
    entries.find((other) => equal(other[merge.key], entry[merge.key]));
  const changed = entriesOf(now).filter((entry) => !equal(entry, find(before, entry)));
  const removed = before.filter((entry) => !find(entriesOf(now), entry));
  return [
    ...changed.map((entry) => overlaid(f, find(entriesOf(there), entry), entry, find(before, entry))),
    ...removed.map((entry) => without(merge.removedWithout, { ...find(entriesOf(there), entry), ...entry })),
  ];
}

const without = (name: string, { [name]: _, ...entry }: JsonObject): JsonObject => entry;

const entriesOf = (list: Json | undefined): JsonObject[] => (Array.isArray(list) ? list.filter(isObject) : []);

/** What is stated, laid over what the server has; what is no longer stated is left out, and so are other choices. */
function overlaid(f: DescField, there: Json | undefined, now: Json, old: Json | undefined): Json {
  if (!f.message || isLeaf(f.message) || !isObject(now) || !isObject(there)) return now;
  const before = isObject(old) ? old : {};
  const merged: JsonObject = { ...there };
  for (const name of Object.keys(before)) if (!(name in now)) delete merged[name];
  for (const oneof of f.message.oneofs)
    if (oneof.fields.some((member) => member.jsonName in now))
      for (const member of oneof.fields) delete merged[member.jsonName];
  for (const inner of f.message.fields) {
    const value = now[inner.jsonName];
    if (value === undefined) continue;
    merged[inner.jsonName] =
      inner.fieldKind === "message" ? overlaid(inner, there[inner.jsonName], value, before[inner.jsonName]) : value;
  }
  return merged;
}
