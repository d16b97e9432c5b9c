import type { Definition } from "../model/definition";
import { at, isObject, type Json, type JsonObject, stable, withAt } from "../value/json";
import { steps } from "../value/path";

/** Returns the inputs with those lists sorted whose order means nothing, so that two orders are never a difference. */
export function inOrder(definition: Definition, inputs: JsonObject): JsonObject {
  let sorted = inputs;
  for (const path of definition.sets ?? []) sorted = sortedAt(sorted, path, (entry) => stable(entry));
  for (const [path, merge] of Object.entries(definition.mergeBy ?? {}))
    sorted = sortedAt(sorted, path, (entry) =>
      isObject(entry) ? stable(entry[merge!.key]).padStart(keyWidth) : stable(entry),
    );
  return sorted;
}

function sortedAt(inputs: JsonObject, path: string, key: (entry: Json) => string): JsonObject {
  const list = at(inputs, steps(path));
  if (!Array.isArray(list)) return inputs;
  const sorted = [...list].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  return withAt(inputs, steps(path), sorted);
}

/** Wide enough for numbers to sort by their value. */
const keyWidth = 12;
