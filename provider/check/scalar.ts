import {
  type DescEnum,
  type DescEnumValue,
  type DescField,
  fromJson,
  type JsonValue,
  ScalarType,
  toJson,
} from "@bufbuild/protobuf";
import { enumPrefix } from "../model/descriptor";
import type { Json } from "../value/json";
import { durationSeconds } from "./duration";
import { hint } from "./suggestion";

/**
 * Returns a scalar, an enum value, a duration or a time in its canonical spelling, or reports what would be right.
 * The parser and the printer of protobuf decide, after values that YAML and stack settings spell differently are put
 * right. A number or a boolean is no text: what is written `1.10` would arrive as `1.1`. Warns of what the API gives up.
 */
export function canonicalLeaf(
  f: DescField,
  value: Json,
  fail: (reason: string) => Json,
  warn: (reason: string) => void,
): Json {
  const given = coerced(f, value);
  const wrapped: JsonValue = f.fieldKind === "list" ? [given] : f.fieldKind === "map" ? { key: given } : given;
  try {
    const printed = toJson(f.parent, fromJson(f.parent, { [f.jsonName]: wrapped }), { alwaysEmitImplicit: true });
    const spelled = unwrapped(f, (printed as { [name: string]: Json })[f.jsonName]!);
    if (f.enum?.values.find(({ name }) => name === spelled)?.deprecated)
      warn(`the API has deprecated this value; the others are ${namesOf(valuesOf(f.enum))}`);
    return spelled;
  } catch {
    return fail(expectation(f, value));
  }
}

function unwrapped(f: DescField, printed: Json): Json {
  if (f.fieldKind === "list") return (printed as [Json])[0];
  return f.fieldKind === "map" ? (printed as { key: Json }).key : printed;
}

function coerced(f: DescField, value: Json): JsonValue {
  if (f.enum) return fullName(f.enum, value);
  if (f.message) return f.message.typeName === "google.protobuf.Duration" ? spelledDuration(value) : value;
  // As YAML spells them.
  if (f.scalar === ScalarType.BOOL && typeof value === "string")
    return /^(true|True|TRUE)$/.test(value) ? true : /^(false|False|FALSE)$/.test(value) ? false : value;
  return value;
}

/** Accepts the short name of an enum value too: `RUNNING` for `ENVIRONMENT_PHASE_RUNNING`; a number is none. */
function fullName(e: DescEnum, value: Json): JsonValue {
  if (typeof value === "number") return String(value);
  if (typeof value !== "string") return value;
  const name = value.toUpperCase();
  const prefix = enumPrefix(e);
  return e.values.find((v) => v.name === name || v.name === prefix + name)?.name ?? value;
}

/** Says that a value is no text, and how it would be one. */
export const noText = (value: Json): string =>
  typeof value === "number" || typeof value === "boolean" ? `must be a string: "${value}"` : "must be a string";

const valuesOf = (e: DescEnum): DescEnumValue[] => e.values.filter((v) => v.number !== 0 && !v.deprecated);

const namesOf = (values: readonly DescEnumValue[]): string => values.map(({ name }) => name).join(", ");

function spelledDuration(value: Json): JsonValue {
  const seconds = typeof value === "string" ? durationSeconds(value) : undefined;
  return seconds === undefined ? value : `${seconds}s`;
}

function expectation(f: DescField, value: Json): string {
  if (f.enum) {
    const written = typeof value === "number" ? f.enum.value[value]?.name : value;
    const prefix = enumPrefix(f.enum);
    const said = typeof written === "string" ? written.toUpperCase().replace(prefix, "") : "";
    const values = valuesOf(f.enum);
    const meant = hint(
      said,
      values.map(({ name }) => name.slice(prefix.length)),
    );
    return `must be one of ${namesOf(values)}${meant}`;
  }
  if (f.message?.typeName === "google.protobuf.Duration") return 'must be a duration such as "90s", "30m" or "1h30m"';
  if (f.message?.typeName === "google.protobuf.Timestamp") return 'must be a time such as "2026-01-31T12:00:00Z"';
  if (f.scalar === ScalarType.STRING) return noText(value);
  if (f.scalar === ScalarType.BOOL) return "must be true or false";
  if (f.scalar === ScalarType.BYTES) return "must be bytes in base64";
  const range = f.scalar === undefined ? undefined : ranges[f.scalar];
  return range === undefined ? "must be a number" : `must be a whole number from ${range}`;
}

const ranges: { readonly [scalar in ScalarType]?: string } = {
  [ScalarType.INT32]: "-2147483648 to 2147483647",
  [ScalarType.UINT32]: "0 to 4294967295",
  [ScalarType.INT64]: "-9223372036854775808 to 9223372036854775807",
  [ScalarType.UINT64]: "0 to 18446744073709551615",
};
