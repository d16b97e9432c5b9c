import { type DescField, type DescMessage, fromJson } from "@bufbuild/protobuf";
import { createValidator, type Violation } from "@bufbuild/protovalidate";
import { isLeaf, zeroEntry } from "../model/descriptor";
import { isObject, isUnknown, type Json, type JsonObject, type Path, type Step } from "../value/json";
import { lazily } from "../value/lazily";
import { startsWith } from "../value/path";
import type { Failure } from "./canonical";

/** Returns what the rules of the proto say against a request, as far as no unknown part could put it right. */
export function violationsOf(message: DescMessage, request: JsonObject): Failure[] {
  const unknowns: Path[] = [];
  const known = knownFields(message, request, [], unknowns);
  const result = validator().validate(message, fromJson(message, known));
  if (result.kind === "valid") return [];
  if (result.kind === "error") return [{ path: [], reason: `a rule cannot be evaluated: ${result.error.message}` }];
  return result.violations
    .filter((violation) => !unknowns.some((path) => couldCure(path, violation)))
    .map((violation) => ({
      path: pathOf(violation),
      reason: wordsOf(violation),
      ...(violation.forKey && { isName: true }),
    }));
}

const validator = lazily(() => createValidator());

/** A oneof is cured by one of its members only; any other rule by whatever is inside or around its place. */
function couldCure(unknown: Path, violation: Violation): boolean {
  const path = pathOf(violation);
  const oneof = oneofOf(violation);
  if (oneof) return oneof.fields.some((f) => startsWith(unknown, [...path, f.jsonName])) || startsWith(path, unknown);
  return startsWith(unknown, path) || startsWith(path, unknown);
}

/** Returns a copy without unknown parts; list elements keep their place, as zeros. */
function knownFields(message: DescMessage, value: JsonObject, path: Path, unknowns: Path[]): JsonObject {
  const known: JsonObject = {};
  for (const f of message.fields) {
    const part = value[f.jsonName];
    if (part === undefined) continue;
    const at = [...path, f.jsonName];
    if (isUnknown(part)) unknowns.push(at);
    else if (f.fieldKind === "list" && Array.isArray(part))
      known[f.jsonName] = part.map((entry, i) => knownElement(f, entry, [...at, i], unknowns) ?? zeroEntry(f));
    else if (f.fieldKind === "map" && isObject(part)) {
      const entries = Object.entries(part).map(([key, entry]) => [key, knownElement(f, entry, [...at, key], unknowns)]);
      known[f.jsonName] = Object.fromEntries(entries.filter(([, entry]) => entry !== undefined));
    } else if (f.fieldKind === "message" && !isLeaf(f.message) && isObject(part))
      known[f.jsonName] = knownFields(f.message, part, at, unknowns);
    else known[f.jsonName] = part;
  }
  return known;
}

function knownElement(f: DescField, value: Json, path: Path, unknowns: Path[]): Json | undefined {
  if (isUnknown(value)) {
    unknowns.push(path);
    return undefined;
  }
  return f.message && !isLeaf(f.message) && isObject(value) ? knownFields(f.message, value, path, unknowns) : value;
}

const pathOf = (violation: Violation): Path =>
  violation.field.flatMap((part): Step[] => {
    if (part.kind === "field") return [part.jsonName];
    if (part.kind === "list_sub") return [part.index];
    return part.kind === "map_sub" ? [String(part.key)] : [];
  });

const oneofOf = (violation: Violation) => violation.field.find((part) => part.kind === "oneof");

function wordsOf(violation: Violation): string {
  const oneof = oneofOf(violation);
  return oneof ? `exactly one of ${oneof.fields.map((f) => f.jsonName).join(", ")} must be set` : violation.message;
}
