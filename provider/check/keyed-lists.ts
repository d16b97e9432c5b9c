import type { Definition, Merge } from "../model/definition";
import { zeroEntry } from "../model/descriptor";
import { factsOf, type Unit } from "../model/shape";
import { at, isObject, isUnknown, type Json, type JsonObject } from "../value/json";
import { show } from "../value/path";
import type { Failure } from "./canonical";

/** Returns what is wrong with entries of merged lists that the API would take for another entry, or for a removal. */
export const unmergeable = (definition: Definition, inputs: JsonObject): Failure[] =>
  factsOf(definition).units.flatMap((unit) => {
    const merge = definition.mergeBy?.[unit.name];
    const entries = at(inputs, unit.path);
    return merge && Array.isArray(entries) ? [...lacking(unit, merge, entries), ...repeated(unit, merge, entries)] : [];
  });

function lacking({ field, path }: Unit, { key, removedWithout }: Merge, entries: readonly Json[]): Failure[] {
  const needed = field.message!.fields.filter(({ jsonName }) => [key, removedWithout].includes(jsonName));
  return entries.flatMap((entry, i) =>
    needed
      .filter((f) => isObject(entry) && [undefined, zeroEntry(f)].includes(entry[f.jsonName]))
      .map(({ jsonName }) => ({
        path: [...path, i, jsonName],
        reason:
          jsonName === key
            ? "is required, to find the entry by"
            : "is required, because an entry without it is removed",
      })),
  );
}

function repeated({ path }: Unit, { key }: Merge, entries: readonly Json[]): Failure[] {
  const keys = entries.map((entry) => at(entry, [key]));
  return keys.flatMap((value, i) => {
    const first = keys.indexOf(value);
    const isRepeated = value !== undefined && !isUnknown(value) && first < i;
    return isRepeated ? [{ path: [...path, i, key], reason: `repeats ${show([...path, first])}` }] : [];
  });
}
