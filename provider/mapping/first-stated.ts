import type { DescField } from "@bufbuild/protobuf";
import type { Definition, Merge } from "../model/definition";
import { isLeaf, messageOf, zero } from "../model/descriptor";
import { type Facts, factsOf, type Unit } from "../model/shape";
import type { State } from "../model/state";
import { at, equal, isObject, isUnknown, type Json, type JsonObject, present, type Step, withAt } from "../value/json";
import { inOrder } from "./list-order";
import { like, phaseInput } from "./live-inputs";

/**
 * Completes the inputs of a state: for each part that a program states for the first time, adds the value that the object
 * has. The value may have been there all along, above all after an import, so diff compares the part with the object and
 * not with nothing.
 */
export function withFirstStated(definition: Definition, state: State, stated: JsonObject): State {
  const facts = factsOf(definition);
  const inputs = facts.units.reduce((known, unit) => {
    const value = at(stated, unit.path);
    const old = at(state.inputs, unit.path);
    if (value === undefined || isUnknown(value) || equal(old, value)) return known;
    const shown = completed(definition, facts, state, unit, { old, stated: value });
    return shown === undefined || equal(shown, old) ? known : withAt(known, unit.path, shown);
  }, state.inputs);
  return inputs === state.inputs ? state : { ...state, inputs: inOrder(definition, inputs) };
}

function completed(
  definition: Definition,
  facts: Facts,
  { outputs, seen }: State,
  unit: Unit,
  { old, stated }: { readonly old: Json | undefined; readonly stated: Json },
): Json | undefined {
  if (unit.name === definition.phase?.desired) {
    const isThere = seen.hostRests === true || phaseInput(definition, outputs, stated) === stated;
    return old ?? (isThere ? stated : undefined);
  }
  if (!unit.remote || factsOf(definition).writeOnly.has(unit.name)) {
    const isChangeable = unit.update !== undefined || unit.extra?.on === "write";
    // What can be neither read nor changed is taken at its word once; an empty value asks for nothing.
    const isGiven = isChangeable ? equal(stated, zero(unit.field)) : seen.imported === true;
    return old ?? (isGiven ? stated : undefined);
  }
  const versions = { old, there: at(outputs, unit.remote), stated };
  const merge = definition.mergeBy?.[unit.name];
  const walk = { facts, isOpen: definition.shared?.includes(unit.name) || unit.update === undefined };
  return merge ? merged(walk, unit, merge, versions) : part(walk, unit.shown ?? unit.field, versions, unit.name);
}

interface Walk {
  readonly facts: Facts;
  /** Whether entries of a map that nobody states are left alone, and not taken away by what is stated. */
  readonly isOpen: boolean;
}

/** The same part as it was stated before, as the object has it, and as it is stated now. */
interface Versions {
  readonly old?: Json | undefined;
  readonly there?: Json | undefined;
  readonly stated?: Json | undefined;
}

const below = ({ old, there, stated }: Versions, step: Step): Versions => ({
  old: at(old, [step]),
  there: at(there, [step]),
  stated: at(stated, [step]),
});

function merged(walk: Walk, unit: Unit, { key }: Merge, { old, there, stated }: Versions): Json | undefined {
  const [before, now, wanted] = [old, there, stated].map((list) => (Array.isArray(list) ? list.filter(isObject) : []));
  const find = (list: readonly JsonObject[] = [], entry: JsonObject) =>
    list.find((other) => equal(other[key], entry[key]));
  const others = before!.filter((entry) => !find(wanted, entry));
  const known = wanted!.flatMap((entry) => {
    const versions = { old: find(before, entry), there: find(now, entry), stated: entry };
    return part(walk, unit.field, versions, `${unit.name}[]`, true) ?? [];
  });
  const isNew = old === undefined && known.length === 0 && wanted!.length > 0;
  return isNew ? undefined : [...others, ...known];
}

function part(walk: Walk, f: DescField, versions: Versions, path: string, isEntry = false): Json | undefined {
  const { old, there, stated } = versions;
  if (stated === undefined || isUnknown(stated) || equal(old, stated)) return old;
  if (old === undefined && there === undefined) {
    const empty = isEntry ? undefined : like(walk.facts, f, undefined, stated, path);
    return equal(empty, stated) ? empty : undefined;
  }
  const areObjects = [old ?? {}, there ?? {}, stated].every(isObject);
  const inside = isEntry ? f.message : messageOf(f);
  if (inside && !isLeaf(inside) && areObjects)
    return object(
      inside.fields.map((inner) => [inner.jsonName, inner]),
      (name, inner) => part(walk, inner, below(versions, name), `${path}.${name}`),
    );
  if (f.fieldKind === "map" && !isEntry && walk.isOpen && isObject(stated) && areObjects)
    return object(Object.entries({ ...(isObject(old) && old), ...stated }), (key) =>
      part(walk, f, below(versions, key), path, true),
    );
  if (old === undefined) return isEntry ? there : like(walk.facts, f, there, stated, path);
  if (f.fieldKind !== "list" || isEntry || !areAsMany(old, there, stated)) return old;
  return old.map((entry, i) => part(walk, f, below(versions, i), `${path}[]`, true) ?? entry);
}

/** Entries of lists are the same ones where there are as many. */
const areAsMany = (old: Json, ...others: (Json | undefined)[]): old is Json[] =>
  Array.isArray(old) && others.every((list) => Array.isArray(list) && list.length === old.length);

const object = <T>(parts: readonly (readonly [string, T])[], value: (name: string, part: T) => Json | undefined) =>
  present(Object.fromEntries(parts.map(([name, each]) => [name, value(name, each)])));
