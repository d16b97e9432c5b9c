import { type DescEnum, type DescField, type DescMessage, type DescMethodUnary, ScalarType } from "@bufbuild/protobuf";
import { FeatureSet_FieldPresence } from "@bufbuild/protobuf/wkt";
import type { Json } from "../value/json";

/** A call of the API that has one request and one answer. */
export type Method<I extends DescMessage = DescMessage, O extends DescMessage = DescMessage> = DescMethodUnary<I, O>;

/** Returns the field of a message by its JSON name. */
export const field = (message: DescMessage, name: string): DescField | undefined =>
  message.fields.find((f) => f.jsonName === name);

/** Returns the field at the end of a path of singular messages. */
export const fieldAt = (message: DescMessage, [first = "", ...rest]: readonly string[]): DescField | undefined => {
  const found = field(message, first);
  if (rest.length === 0 || !found) return found;
  const inner = messageOf(found);
  return inner && fieldAt(inner, rest);
};

/** Returns the message of a singular field. */
export const messageOf = (f: DescField): DescMessage | undefined => (f.fieldKind === "message" ? f.message : undefined);

/** Whether a message is written as a scalar in JSON, such as a duration or a time. */
export const isLeaf = (message: DescMessage): boolean => message.typeName.startsWith("google.protobuf.");

/** Whether a message contains itself directly. */
export const isRecursive = (message: DescMessage): boolean => message.fields.some((f) => f.message === message);

/** Whether the API has given a field up. */
export const isDeprecated = (f: DescField): boolean => f.deprecated;

/** Whether a scalar field that is left out means its zero, and not "not said". */
export const isImplicit = (f: DescField): boolean =>
  (f.fieldKind === "scalar" || f.fieldKind === "enum") && f.presence === FeatureSet_FieldPresence.IMPLICIT;

/** Returns the value that a field has when it is empty, in proto-JSON. */
export function zero(f: DescField): Json {
  if (f.fieldKind === "list") return [];
  return f.fieldKind === "map" ? {} : zeroEntry(f);
}

/** Returns the value that an entry of a list or a map has when it is empty, or a singular field. */
export function zeroEntry(f: DescField): Json {
  if (f.enum) return f.enum.values[0]!.name;
  if (f.message) return zeroMessages[f.message.typeName] ?? {};
  if (f.scalar === ScalarType.STRING || f.scalar === ScalarType.BYTES) return "";
  if (f.scalar === ScalarType.BOOL) return false;
  return f.scalar !== undefined && is64Bit(f.scalar) ? "0" : 0;
}

const zeroMessages: Record<string, Json> = {
  "google.protobuf.Duration": "0s",
  // The API clears a time with the epoch.
  "google.protobuf.Timestamp": "1970-01-01T00:00:00Z",
};

const is64Bit = (scalar: ScalarType): boolean =>
  [ScalarType.INT64, ScalarType.UINT64, ScalarType.SINT64, ScalarType.FIXED64, ScalarType.SFIXED64].includes(scalar);

/** Returns what the names of all values of an enum begin with, up to an underscore. */
export function enumPrefix({ values: [first, ...others] }: DescEnum): string {
  const name = first?.name ?? "";
  let end = name.lastIndexOf("_") + 1;
  while (end > 0 && !others.every((value) => value.name.startsWith(name.slice(0, end)))) {
    end = name.lastIndexOf("_", end - 2) + 1;
  }
  return name.slice(0, end);
}
