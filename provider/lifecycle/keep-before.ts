import { violationsOf } from "../check/violations";
import { earlierValue } from "../mapping/earlier-value";
import { inOrder } from "../mapping/list-order";
import { inputsOf } from "../mapping/live-inputs";
import type { Definition } from "../model/definition";
import { zero } from "../model/descriptor";
import type { Operation } from "../model/operation";
import { factsOf, isPlainCollection, type Unit } from "../model/shape";
import type { Known, Seen, State } from "../model/state";
import { at, equal, isObject, type Json, type JsonObject, withAt } from "../value/json";
import { startsWith } from "../value/path";

/** Whether what is written is given back once it is no longer managed. */
export const givesBack = (definition: Definition): boolean => definition.delete === "restore";

/**
 * Takes note of what is there before units are written for the first time, and of what is written. What the object has
 * already counts as written: it is neither written nor kept, as after a run that was killed right after its write. What
 * could not be given back is told now, while somebody can still decide otherwise.
 */
export function keepBefore(
  definition: Definition,
  { voice }: Pick<Operation, "voice">,
  id: string,
  units: readonly Unit[],
  news: JsonObject,
  known: Known,
): void {
  for (const unit of units) {
    const value = at(news, unit.path);
    if (value === undefined || !unit.update || !unit.remote) continue;
    const isReduced = unstated(at(known.inputs, unit.path) ?? null, value) !== undefined;
    const isThere =
      !isReduced && equal(at(inputsOf(definition, known.remote, withAt({}, unit.path, value)), unit.path), value);
    if (isThere) known.inputs = withAt(known.inputs, unit.path, value);
    const { before = {}, ours = {} } = known.seen;
    const isKnown = Object.hasOwn(before, unit.name);
    if (isThere && !isKnown) continue;
    const was = isKnown ? before[unit.name]! : (at(known.remote, unit.remote) ?? null);
    known.seen = {
      ...known.seen,
      before: { ...before, [unit.name]: was },
      ours: { ...ours, [unit.name]: [...(ours[unit.name] ?? []), value] },
    };
    if (isKnown || isExpressible(definition, unit, sent(unit, was))) continue;
    voice.warn(
      `${definition.kind} ${id}: ${unit.name} ${was === null ? "was not set" : "had a value"} before, which the API cannot express: what the program states stays when it is removed or destroyed`,
    );
  }
}

/** Takes note of how units were that hang together with what was written, where that write has changed them. */
export function keepCoupled(
  definition: Definition,
  written: readonly Unit[],
  was: JsonObject,
  { remote, seen }: Pick<Known, "remote" | "seen">,
): Seen {
  const [before, ours] = [{ ...seen.before }, { ...seen.ours }];
  for (const unit of written.flatMap((each) => coupledWith(definition, each))) {
    const { name, field, remote: place = [] } = unit;
    if (Object.hasOwn(before, name) || equal(at(was, place), at(remote, place))) continue;
    before[name] = at(was, place) ?? null;
    ours[name] = [at(remote, place) ?? zero(field)];
  }
  return Object.keys(before).length > 0 ? { ...seen, before, ours } : seen;
}

/** Returns the units of which an earlier value is kept although neither they nor what they hang together with is stated. */
export const unstatedOf = (
  definition: Definition,
  { before = {} }: Seen,
  programs: readonly Pick<State, "inputs">[],
): Unit[] =>
  factsOf(definition).units.filter(
    (unit) =>
      Object.hasOwn(before, unit.name) &&
      [unit, ...coupledWith(definition, unit)].every(({ path }) =>
        programs.every(({ inputs }) => at(inputs, path) === undefined),
      ),
  );

/** Returns the units that a write of this one may change. */
function coupledWith(definition: Definition, { name }: Unit): Unit[] {
  const names = definition.coupled?.filter((those) => those.includes(name)).flat() ?? [];
  return factsOf(definition).units.filter((unit) => unit.name !== name && names.includes(unit.name));
}

/** Takes note that units were written, and that others were given back. */
export function settle({ seen }: Known, units: readonly Unit[], gone: readonly Unit[], news: JsonObject): Seen {
  const [before, ours] = [{ ...seen.before }, { ...seen.ours }];
  for (const { name, path } of units) {
    const value = at(news, path);
    if (value !== undefined && Object.hasOwn(before, name)) ours[name] = [value];
  }
  for (const { name } of gone) {
    delete before[name];
    delete ours[name];
  }
  const { before: _, ours: __, ...others } = seen;
  return Object.keys(before).length === 0 ? others : { ...others, before, ours };
}

/**
 * Returns what units are sent as that are no longer managed, by their names: what was there before, where it is not there
 * already. What somebody else has changed since stays, and is told.
 */
export function goingBack(
  definition: Definition,
  { voice }: Pick<Operation, "voice">,
  id: string,
  units: readonly Unit[],
  { remote, seen }: Pick<Known, "remote" | "seen">,
): JsonObject {
  const back: JsonObject = {};
  for (const unit of units) {
    const was = seen.before?.[unit.name];
    if (was === undefined || !unit.update || !unit.remote) continue;
    const there =
      at(inOrder(definition, withAt({}, unit.path, at(remote, unit.remote) ?? null)), unit.path) ?? undefined;
    const strange: string[] = [];
    const managed = { was: was ?? undefined, there: there ?? undefined, ours: seen.ours?.[unit.name] ?? [] };
    const value = earlierValue(factsOf(definition), unit.shown ?? unit.field, managed, unit.name, strange);
    if (strange.length > 0)
      voice.warn(
        `${definition.kind} ${id}: somebody else has changed ${strange.join(", ")} since this stack wrote it, so it stays as it is, and what was there before is not given back`,
      );
    const told = sent(unit, value ?? null);
    if (!equal(value, managed.there) && isExpressible(definition, unit, told)) back[unit.name] = told;
  }
  return back;
}

/**
 * Lets what units have no longer stated inside of them be as it was before, in the object and in the inputs from which an
 * update starts.
 */
export function withPartsBack(definition: Definition, units: readonly Unit[], news: JsonObject, known: Known) {
  let { inputs: olds, remote } = known;
  for (const unit of units) {
    const now = at(news, unit.path);
    const was = known.seen.before?.[unit.name];
    const ours = (known.seen.ours?.[unit.name] ?? []).flatMap((own) => unstated(own, now) ?? []);
    if (now === undefined || was === undefined || !unit.remote || ours.length === 0) continue;
    const managed = { was: was ?? undefined, there: at(remote, unit.remote), ours };
    const value = earlierValue(factsOf(definition), unit.shown ?? unit.field, managed, unit.name, []);
    remote = withAt(remote, unit.remote, value ?? {});
    olds = withAt(olds, unit.path, now);
  }
  return { olds, remote };
}

/** What of a message another one does not state. */
function unstated(own: Json, now: Json | undefined): JsonObject | undefined {
  if (!isObject(own) || !isObject(now)) return undefined;
  const parts = Object.entries(own).flatMap(([name, part]): [string, Json][] => {
    const rest = now[name] === undefined ? part : unstated(part, now[name]);
    return rest === undefined ? [] : [[name, rest]];
  });
  return parts.length > 0 ? Object.fromEntries(parts) : undefined;
}

/** What an update says for a value; its empty value for none. */
function sent({ update }: Unit, value: Json): Json {
  const said = value ?? zero(update!.field);
  return update?.wrapper ? { [update.wrapper]: said } : said;
}

/** Whether the API takes a value for what it says: it takes an empty list for none at all, and its rules refuse others. */
function isExpressible({ update }: Definition, unit: Unit, value: Json): boolean {
  const isEmpty = Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;
  if (isPlainCollection(unit) && isEmpty) return false;
  const { path } = unit.update!;
  return (
    !!update &&
    violationsOf(update.input, withAt({}, path, value)).every((violation) => !startsWith(violation.path, path))
  );
}
