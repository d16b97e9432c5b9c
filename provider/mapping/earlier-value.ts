import type { DescField } from "@bufbuild/protobuf";
import { field, isLeaf, messageOf } from "../model/descriptor";
import type { Facts } from "../model/shape";
import { at, equal, isObject, type Json, type JsonObject } from "../value/json";
import { like } from "./live-inputs";

/** A part of an object that is managed: as it was before that, as it is, and every value that it may have from us. */
export interface Managed {
  readonly was: Json | undefined;
  readonly there: Json | undefined;
  readonly ours: readonly Json[];
}

/**
 * Returns what a part is when what we manage of it is as it was before, and all else as it is; undefined for nothing. What
 * somebody else has changed since we wrote it stays as it is, too, and its path is added to `strange`.
 */
export function earlierValue(
  facts: Facts,
  f: DescField,
  { was, there, ours }: Managed,
  path: string,
  strange: string[],
): Json | undefined {
  const message = messageOf(f);
  if (!message || isLeaf(message) || message.fields.length === 0 || !ours.every(isObject) || ours.length === 0) {
    if (ours.some((own) => equal(like(facts, f, there, own, path), own))) return was;
    if (!equal(there, was)) strange.push(path);
    return there;
  }
  const parts: JsonObject = isObject(there) ? { ...there } : {};
  for (const name of new Set(ours.flatMap(Object.keys))) {
    const own = ours.map((value) => value[name]).filter((value) => value !== undefined);
    const managed = { was: at(was, [name]), there: at(there, [name]), ours: own };
    const inner = field(message, name);
    const value = inner && earlierValue(facts, inner, managed, `${path}.${name}`, strange);
    if (value === undefined) delete parts[name];
    else parts[name] = value;
  }
  // Another choice that was there before takes the place of ours.
  for (const { fields } of message.oneofs)
    if (!fields.some(({ jsonName }) => jsonName in parts))
      for (const { jsonName } of fields) Object.assign(parts, isObject(was) && pick(was, jsonName));
  return was === undefined && Object.keys(parts).length === 0 ? undefined : parts;
}

const pick = (from: JsonObject, name: string): JsonObject => (from[name] === undefined ? {} : { [name]: from[name] });
