import type { Definition } from "../model/definition";
import { isImplicit, zero } from "../model/descriptor";
import { enclosingOf, hasFailed, isDoomed, meaningOf, phaseOf, wantedPhase } from "../model/phase";
import type { RunMemory } from "../model/run-memory";
import { factsOf, isFixed, isPlainCollection, type Unit } from "../model/shape";
import type { State } from "../model/state";
import { at, equal, hasUnknown, isObject, type Json, type JsonObject, type Path } from "../value/json";
import { steps } from "../value/path";
import { isGuarded, isToldByDeletion, lossOf } from "./deletion-guard";
import { withFirstStated } from "./first-stated";

/** One difference between two inputs. */
export interface Change {
  readonly path: Path;
  readonly kind: "add" | "delete" | "update";
  readonly replaces: boolean;
}

/** What differs between what is stored and what is wanted. */
export interface Difference {
  readonly changes: readonly Change[];
  /** The inputs at the top level that make it a replacement. */
  readonly replaces: readonly string[];
  /** Whether a replacement has to wait for the deletion, since both objects would have the same natural key. */
  readonly deleteBeforeReplace: boolean;
  /** What a replacement would destroy for good, by what is stored. */
  readonly loss: string | undefined;
  /** Whether the object needs an update although its inputs are the same: it has not come up, or is in another phase. */
  readonly unsettled: boolean;
}

/** Compares the stored state with new inputs, unit by unit. Does no I/O. */
export function diff(memory: RunMemory, definition: Definition, state: State, news: JsonObject, id = ""): Difference {
  const { inputs: olds } = withFirstStated(definition, state, news);
  const changes = differentUnits(definition, olds, news).flatMap((unit) => {
    if (at(news, unit.path) === undefined && unit.whenRemoved === "refuse")
      throw new Error(irremovable(definition, unit));
    const replaces = replacesOn(definition, unit, at(olds, unit.path), at(news, unit.path));
    return leafChanges(at(olds, unit.path), at(news, unit.path), unit.path).map((change) => ({ ...change, replaces }));
  });
  const replaces = changes.filter((change) => change.replaces).map(({ path }) => String(path[0]));
  const { afterFailure, desired } = definition.phase ?? {};
  const isLost = afterFailure === "replace" && hasFailed(definition, state.outputs);
  if (isLost || isDoomed(definition, state.outputs)) replaces.push(steps(desired ?? "id")[0]!);
  const key = definition.naturalKey ?? definition.address?.filter((part) => part !== "id");
  const keyKept = key?.every((path) => equal(at(olds, steps(path)), at(news, steps(path)))) ?? false;
  const mayBeRefused = isToldByDeletion(definition) && isGuarded(memory, definition, id, news);
  const loss = replaces.length > 0 ? lossOf(memory, definition, id, news, state.outputs) : undefined;
  return {
    changes,
    replaces: [...new Set(replaces)],
    // A deletion that is or may be refused comes before anything new is made.
    deleteBeforeReplace: replaces.length > 0 && (keyKept || loss !== undefined || mayBeRefused),
    loss,
    unsettled: isUnsettled(memory, definition, state, news),
  };
}

const irremovable = ({ kind }: Definition, { name }: Unit): string =>
  `${kind}: ${name} cannot be removed, since the API does not empty it and a replacement would do harm: state a value, or replace the resource with --replace`;

/** Returns the units whose values differ, without those that are left as they are. */
export const changedUnits = (definition: Definition, olds: JsonObject, news: JsonObject): Unit[] =>
  differentUnits(definition, olds, news).filter(
    (unit) => at(news, unit.path) !== undefined || unit.whenRemoved !== "leave",
  );

/** Returns the units whose values differ. */
export const differentUnits = (definition: Definition, olds: JsonObject, news: JsonObject): Unit[] =>
  factsOf(definition).units.filter((unit) => !unit.once && !equal(at(olds, unit.path), at(news, unit.path)));

/** Whether an object still has to be read or waited for, or brought to another phase. */
export function isUnsettled(
  memory: RunMemory,
  definition: Definition,
  { outputs, seen }: State,
  news: JsonObject,
): boolean {
  if (seen.unfinished || seen.untold) return true;
  if (!definition.phase) return false;
  const wanted = wantedPhase(definition, news);
  const reached = wanted === undefined || meaningOf(definition, phaseOf(definition, outputs), wanted) === "reached";
  return (
    !seen.ready || seen.wasIn !== undefined || (!reached && !enclosingStillRests(memory, definition, seen, outputs))
  );
}

/** Once this run has started the enclosing object, what lives in it counts as drift again. */
const enclosingStillRests = (
  { started }: RunMemory,
  definition: Definition,
  seen: State["seen"],
  outputs: JsonObject,
): boolean => seen.hostRests === true && !started.has(enclosingOf(definition, outputs)?.id ?? "");

function replacesOn(definition: Definition, unit: Unit, old: Json | undefined, now: Json | undefined): boolean {
  if (unit.passive || unit.extra?.on === "delete" || unit.name === definition.phase?.desired) return false;
  const fixed = isFixed(definition, unit);
  if (hasUnknown(now)) return fixed && refersToObject(unit);
  if (now === undefined && unit.whenRemoved) return unit.whenRemoved === "replace";
  if (fixed) return now !== undefined || !isNothing(unit, old);
  return isPlainCollection(unit) && !definition.mergeBy?.[unit.name] && !isEmpty(old) && isEmpty(now);
}

/**
 * Whether a stated value asks for no more than saying nothing does, so that its removal changes nothing. A choice says
 * something by being there.
 */
const isNothing = (unit: Unit, value: Json | undefined): boolean =>
  (isEmpty(value) && unit.field.oneof === undefined) || (isImplicit(unit.field) && equal(value, zero(unit.field)));

/** An unknown id is that of an object which is itself about to be created or replaced. */
const refersToObject = (unit: Unit): boolean => unit.path.at(-1)!.endsWith("Id");

function isEmpty(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === undefined || (isObject(value) && Object.keys(value).length === 0);
}

function leafChanges(old: Json | undefined, now: Json | undefined, path: Path): Omit<Change, "replaces">[] {
  if (equal(old, now)) return [];
  if (isObject(old) && isObject(now)) {
    const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])];
    return keys.flatMap((key) => leafChanges(old[key], now[key], [...path, key]));
  }
  if (Array.isArray(old) && Array.isArray(now)) {
    const length = Math.max(old.length, now.length);
    return Array.from({ length }, (_, i) => leafChanges(old[i], now[i], [...path, i])).flat();
  }
  return [{ path, kind: old === undefined ? "add" : now === undefined ? "delete" : "update" }];
}
