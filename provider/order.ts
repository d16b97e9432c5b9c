import type { Definition } from "./definition";
import { at, isObject, type Json, type JsonObject, put, stable } from "./json";
import { steps } from "./path";

/** Returns the inputs with those lists sorted whose order means nothing, so that two orders are never a difference. */
export function inOrder(definition: Definition, inputs: JsonObject): JsonObject {
  const sorted = structuredClone(inputs);
  for (const path of definition.sets ?? []) sortAt(sorted, path, (entry) => stable(entry));
  for (const [path, merge] of Object.entries(definition.mergeBy ?? {}))
    sortAt(sorted, path, (entry) => (isObject(entry) ? stable(entry[merge!.key]).padStart(keyWidth) : stable(entry)));
  return sorted;
}

function sortAt(inputs: JsonObject, path: string, key: (entry: Json) => string): void {
  const list = at(inputs, steps(path));
  if (Array.isArray(list))
    put(
      inputs,
      steps(path),
      [...list].sort((a, b) => (key(a) < key(b) ? -1 : 1)),
    );
}

/** Wide enough for numbers to sort by their value. */
const keyWidth = 12;
