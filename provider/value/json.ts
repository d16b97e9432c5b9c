/** A proto-JSON value. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** A proto-JSON object. */
export interface JsonObject {
  [key: string]: Json;
}

/** One step of a path: the name of a field, the key of a map entry or the index of a list element. */
export type Step = string | number;

/** A place inside a value. */
export type Path = readonly Step[];

/** Stands for a value that is not known yet, at any depth of the inputs; adapters put it in place of their own. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Whether a value is not known yet. */
export const isUnknown = (value: unknown): boolean => value === unknown;

/** Whether a value is an object and no list. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether a value has a part that is not known yet. */
export function hasUnknown(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.some(hasUnknown);
  return isObject(value) ? Object.values(value).some(hasUnknown) : isUnknown(value);
}

/** Returns the part of a value at a path; below an unknown everything is unknown. */
export function at(value: Json | undefined, path: Path): Json | undefined {
  let part = value;
  for (const step of path) {
    if (isUnknown(part)) return part;
    if (Array.isArray(part)) part = typeof step === "number" ? part[step] : undefined;
    else if (isObject(part)) part = Object.hasOwn(part, step) ? part[step] : undefined;
    else return undefined;
  }
  return part;
}

/** Returns every part of a value that a path leads to; `[]` leads to every entry of a list. */
export function allAt(value: Json | undefined, [step, ...rest]: readonly string[]): Json[] {
  if (value === undefined) return [];
  if (step === undefined) return [value];
  if (step === "[]") return Array.isArray(value) ? value.flatMap((entry) => allAt(entry, rest)) : [];
  return allAt(at(value, [step]), rest);
}

/** Sets the part of an object at a path of field names, and makes the objects on the way. */
export function put(target: JsonObject, path: readonly string[], value: Json): void {
  let parent = target;
  for (const name of path.slice(0, -1)) {
    const child = parent[name];
    if (isObject(child)) parent = child;
    else {
      const made: JsonObject = {};
      parent[name] = made;
      parent = made;
    }
  }
  parent[path.at(-1)!] = value;
}

/** Returns an object with another part at a path of field names. */
export function withAt(object: JsonObject, [name, ...rest]: readonly string[], part: Json): JsonObject {
  if (name === undefined) return object;
  const inner = object[name];
  return { ...object, [name]: rest.length === 0 ? part : withAt(isObject(inner) ? inner : {}, rest, part) };
}

/** Returns a value without the part at a path of field names; `[]` steps into every entry of a list. */
export function withoutAt<T extends Json>(value: T, path: readonly string[]): T;
export function withoutAt(value: Json, [step, ...rest]: readonly string[]): Json {
  if (step === "[]") return Array.isArray(value) ? value.map((entry) => withoutAt(entry, rest)) : value;
  if (step === undefined || !isObject(value) || !Object.hasOwn(value, step)) return value;
  const { [step]: part, ...others } = value;
  return rest.length === 0 ? others : { ...value, [step]: withoutAt(part!, rest) };
}

/** Whether two values are the same, whatever the order of their keys. */
export function equal(a: Json | undefined, b: Json | undefined): boolean {
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((entry, i) => equal(entry, b[i]));
  if (!isObject(a) || !isObject(b)) return a === b;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && equal(a[name], b[name]))
  );
}

/** Prints a value with sorted keys. */
export function stable(value: Json | undefined): string {
  const sorted = (_key: string, part: unknown): unknown =>
    isObject(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part;
  return JSON.stringify(value, sorted) ?? "undefined";
}

/** Returns a copy of an object without the keys whose value is missing. */
export function present(fields: { readonly [key: string]: Json | undefined }): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, Json] => entry[1] !== undefined));
}
