import type { DescField, DescMessage } from "@bufbuild/protobuf";
import { isLeaf } from "../model/descriptor";
import { isObject, isUnknown, type Json, type JsonObject, type Path, unknown } from "../value/json";
import { pattern, startsWith } from "../value/path";
import { plainText } from "../value/text-file";
import { canonicalLeaf } from "./scalar";
import { suggestion } from "./suggestion";

/** What is wrong with the inputs, and where. */
export interface Failure {
  readonly path: Path;
  readonly reason: string;
  /** Whether it is the last name of the path that is wrong, and not what stands there. */
  readonly isName?: boolean;
}

/** What a walk over the inputs needs to know and finds out. */
export interface Walk {
  /** Dotted paths of fields that are not inputs. */
  readonly notInputs: ReadonlySet<string>;
  readonly failures: Failure[];
  /** What is accepted, and should be put right nevertheless; missing where there is nobody to tell. */
  readonly warnings?: Failure[];
  /** The inputs in which a name without a value is a mistake; elsewhere it says no more than no name. */
  readonly texts?: readonly string[];
  /** Where every character counts, line ends too: in a secret. */
  readonly verbatim?: readonly Path[];
}

/** Returns an object in its canonical spelling; unknown parts stay, wrong ones are reported and count as unknown. */
export function canonicalObject(
  value: JsonObject,
  inputs: ReadonlyMap<string, DescField>,
  path: Path,
  walk: Walk,
): JsonObject {
  const canonical: JsonObject = {};
  const choices = new Map<string, string[]>();
  for (const [name, part] of Object.entries(value)) {
    const f = inputs.get(name);
    if (isMissing(part) && !walk.texts?.includes(String(path[0]))) continue;
    if (!f) {
      failName(walk, [...path, name], `no such property${suggestion(name, [...inputs.keys()])}`);
      continue;
    }
    if (f.oneof) choices.set(f.oneof.name, [...(choices.get(f.oneof.name) ?? []), name]);
    canonical[name] = canonicalField(f, part, [...path, name], walk);
  }
  for (const chosen of choices.values())
    if (chosen.length > 1) {
      fail(walk, path, `only one of ${chosen.join(", ")} can be set`);
      for (const name of chosen.slice(1)) delete canonical[name];
    }
  return canonical;
}

function canonicalField(f: DescField, value: Json, path: Path, walk: Walk): Json {
  if (isMissing(value)) return failName(walk, path, nothing);
  if (isUnknown(value)) return unknown;
  if (f.fieldKind === "list") return list(f, value, path, walk);
  if (f.fieldKind === "map") return map(f, value, path, walk);
  if (f.fieldKind === "message" && !isLeaf(f.message)) return message(f.message, value, path, walk);
  return leaf(f, value, path, walk);
}

function message(desc: DescMessage, value: Json, path: Path, walk: Walk): Json {
  if (!isObject(value)) return fail(walk, path, "must be an object");
  const isInput = (f: DescField): boolean => !f.deprecated && !walk.notInputs.has(pattern([...path, f.jsonName]));
  const inputs = new Map(desc.fields.filter(isInput).map((f) => [f.jsonName, f]));
  return canonicalObject(value, inputs, path, walk);
}

function list(f: DescField & { fieldKind: "list" }, value: Json, path: Path, walk: Walk): Json {
  if (!Array.isArray(value)) return fail(walk, path, "must be a list");
  return value.map((entry, i) => element(f, entry, [...path, i], walk));
}

function map(f: DescField & { fieldKind: "map" }, value: Json, path: Path, walk: Walk): Json {
  if (!isObject(value)) return fail(walk, path, "must be a map");
  const canonical: JsonObject = {};
  for (const [key, entry] of Object.entries(value)) {
    if (isKey(key)) canonical[key] = element(f, entry, [...path, key], walk);
    else failName(walk, [...path, key], "cannot be a key");
  }
  return canonical;
}

function element(f: DescField & { fieldKind: "list" | "map" }, value: Json, path: Path, walk: Walk): Json {
  if (isMissing(value)) return failName(walk, path, nothing);
  if (isUnknown(value)) return unknown;
  if (f.message && !isLeaf(f.message)) return message(f.message, value, path, walk);
  return leaf(f, value, path, walk);
}

function leaf(f: DescField, value: Json, path: Path, walk: Walk): Json {
  const warn = (reason: string): void => void walk.warnings?.push({ path, reason });
  const isVerbatim = walk.verbatim?.some((place) => startsWith(path, place));
  const said = typeof value === "string" && !isVerbatim ? plainText(value) : value;
  return canonicalLeaf(f, said, (reason) => fail(walk, path, reason), warn);
}

const nothing = "must have a value, or be left out";

/** What no request can carry: a name that JavaScript takes for the prototype, and text that is no Unicode. */
const isKey = (key: string): boolean => key !== "__proto__" && !/\p{Surrogate}/u.test(key);

function fail(walk: Walk, path: Path, reason: string): Json {
  walk.failures.push({ path, reason });
  return unknown;
}

function failName(walk: Walk, path: Path, reason: string): Json {
  walk.failures.push({ path, reason, isName: true });
  return unknown;
}

const isMissing = (value: Json | undefined): boolean => value === null || value === undefined;
