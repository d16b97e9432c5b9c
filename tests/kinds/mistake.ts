import { type DescField, getOption, ScalarType } from "@bufbuild/protobuf";
import { type FieldRules, Ignore, field as rulesOption } from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { violationsOf } from "../../provider/check/violations";
import type { Definition } from "../../provider/model/definition";
import { at, isObject, type Json, type JsonObject, type Path, type Step } from "../../provider/value/json";
import { pattern, steps } from "../../provider/value/path";
import { changed } from "../core/canary";
import { isKey, type Leaf, leavesOf, membersAt } from "../core/leaf";
import { allInputs } from "../core/sample";

/** Something that a program says wrongly, and what it has to be told. */
export interface Mistake {
  readonly sort: "type" | "name" | "missing" | "choice" | "rule";
  readonly inputs: JsonObject;
  /** The same without the mistake. */
  readonly right: JsonObject;
  readonly path: Path;
  /** How the reason begins. */
  readonly says: string;
}

/** Returns a mistake of each sort at every place of the inputs where it can be made. */
export function mistakesOf(definition: Definition): Mistake[] {
  const seen = new Set<string>();
  const isNew = (sort: string, path: Path): boolean => seen.size < seen.add(`${sort} ${pattern(path)}`).size;
  return [
    ...leavesOf(definition).flatMap((leaf) => {
      const right = allInputs(definition, leaf.route);
      const make = ([sort, path, value, says]: Wrong): Mistake => {
        return { sort, right, inputs: changed(right, path, value) as JsonObject, path, says };
      };
      const places = leaf.path.map((_, i) => i).filter((i) => isNew("place", leaf.path.slice(0, i)));
      const rules = leaf.path.map((_, i) => i).filter((i) => isNew("rule", leaf.path.slice(0, i + 1)));
      return [
        wrongType(leaf, right),
        ...places.flatMap((i) => wrongParts(leaf, right, i)),
        // What is adopted by an address, or by an id that is no UUID, has a rule of its own.
        ...((definition.address || definition.idForm) && leaf.path[0] === "adopt"
          ? []
          : rules.flatMap((i) => brokenRules(leaf, right, i))),
        ...rules.flatMap((i) => bothMembers(definition, leaf, i)),
      ].map(make);
    }),
    ...(definition.required ?? []).map((required) => missingInput(allInputs(definition), required)),
  ];
}

/** A sort, a place, what is there, and how the reason begins. */
type Wrong = readonly [Mistake["sort"], Path, Json | undefined, string];

/** Something of another type than a leaf has. */
function wrongType({ field, path }: Leaf, right: JsonObject): Wrong {
  const isText = typeof at(right, path) === "string";
  if (field.enum) return ["type", path, "NO_SUCH_VALUE", "must be one of "];
  if (field.message) return ["type", path, "soon", wordsFor[field.message.typeName] ?? "must be an object"];
  if (field.scalar === ScalarType.BYTES) return ["type", path, "*", "must be bytes in base64"];
  return ["type", path, isText ? { a: 1 } : "many", "must be "];
}

const wordsFor: Readonly<Record<string, string>> = {
  "google.protobuf.Duration": 'must be a duration such as "90s"',
  "google.protobuf.Timestamp": 'must be a time such as "',
};

/** A text in the place of something with parts, and a property whose name has lost a letter. */
function wrongParts(leaf: Leaf, right: JsonObject, length: number): Wrong[] {
  const path = leaf.path.slice(0, length);
  const part = at(right, path);
  const isMap = isKey(leaf, length);
  const words = Array.isArray(part) ? "must be a list" : isMap ? "must be a map" : "must be an object";
  const type: Wrong[] = length === 0 ? [] : [["type", path, "text", words]];
  if (!isObject(part) || isMap) return type;
  const [name = ""] = Object.keys(part).sort((a, b) => b.length - a.length);
  const hint = name.length > 3 ? `did you mean ${name}?` : "";
  return [...type, ["name", [...path, name.slice(0, -1)], part[name], `no such property; ${hint}`]];
}

/** Two members of the choice at a step of the way to a leaf. */
function bothMembers(definition: Definition, leaf: Leaf, step: number): Wrong[] {
  const path = leaf.path.slice(0, step);
  const names = leaf.fields.slice(0, step).filter((f) => f !== undefined).length;
  const others = membersAt(leaf, step).flatMap((member): Wrong[] => {
    const sample = allInputs(definition, [...leaf.route.slice(0, names), member]);
    const value = member === leaf.path[step] ? undefined : at(sample, [...path, member]);
    return value === undefined ? [] : [["choice", [...path, member], value, "only one of "]];
  });
  return others.slice(0, 1);
}

/** All inputs without one that has to be there. */
function missingInput(right: JsonObject, required: string): Mistake {
  const path: Step[] = [];
  for (const step of steps(required)) {
    const part = at(right, path);
    path.push(step !== "[]" ? step : Array.isArray(part) ? 0 : (Object.keys(part ?? {})[0] ?? ""));
  }
  return { sort: "missing", right, inputs: changed(right, path) as JsonObject, path, says: "is required" };
}

/** What breaks the rules of the proto about the field at a step of the way to a leaf, or about its entries. */
function brokenRules(leaf: Leaf, right: JsonObject, step: number): Wrong[] {
  const f = leaf.fields[step];
  const rules = f && rulesOf(f);
  if (!rules) return [];
  const path = leaf.path.slice(0, step + 1);
  const value = at(right, path);
  const wrong = (told: Json, says: string): Wrong => ["rule", path, told, says];
  const own =
    rules.cel.length > 0
      ? candidates(value)
          .filter((one) => breaks(f, one))
          .map((one) => wrong(one, ""))
      : [];
  if (rules.type.case !== "repeated") return [...own, ...broken(rules, path)];
  const { minItems = 0n, maxItems = 0n, items } = rules.type.value;
  const entry = Array.isArray(value) ? value[0]! : null;
  const isFree = rules.ignore === Ignore.IF_ZERO_VALUE || minItems === 0n;
  return [
    ...own,
    ...(isFree ? [] : [wrong([], rules.required ? "value is required" : `must contain at least ${minItems} item(s)`)]),
    ...(maxItems > 0n
      ? [wrong(many(entry, Number(maxItems) + 1), `must contain no more than ${maxItems} item(s)`)]
      : []),
    ...(items && f === leaf.field ? broken(items, [...path, 0]) : []),
  ];
}

const rulesOf = (f: DescField): FieldRules | undefined => (f.proto.options ? getOption(f, rulesOption) : undefined);

const many = (value: Json, count: number): Json[] => Array.from({ length: count }, () => value);

const breaks = (f: DescField, value: Json): boolean =>
  violationsOf(f.parent, { [f.jsonName]: value }).some(({ path }) => path[0] === f.jsonName);

/** Values that a rule in words of its own may refuse. */
function candidates(value: Json | undefined): Json[] {
  if (Array.isArray(value)) return [[], many(value[0]!, 200)];
  if (typeof value === "number") return [-1, 0, 1000];
  return typeof value === "string" && !/^\d+s$/.test(value) ? ["", "/Not Snake", "x".repeat(30_000)] : [];
}

/** What breaks rules about one value. */
function broken({ type, ignore, required, cel }: FieldRules, path: Path): Wrong[] {
  const wrong = (value: Json, says: string): Wrong => ["rule", path, value, cel.length > 0 ? "" : says];
  const isFree = ignore === Ignore.IF_ZERO_VALUE;
  switch (type.case) {
    case "string": {
      const { minLen, maxLen, wellKnown, pattern: form, in: names } = type.value;
      const [least, most] = [Number(minLen), Number(maxLen)];
      const isMissing = required && least === 1;
      return [
        ...(most > 0
          ? [wrong("x".repeat(most + 1), wellKnown.case ? "must be " : `must be at most ${most} characters`)]
          : []),
        ...(least > (isFree ? 1 : 0)
          ? [wrong("x".repeat(least - 1), isMissing ? "value is required" : `must be at least ${least} characters`)]
          : []),
        ...(wellKnown.case ? [wrong("no id", `must be a valid ${wellKnown.case.toUpperCase()}`)] : []),
        ...(form === ""
          ? []
          : [wrong("\u0007".repeat(Math.max(least, 2)), `does not match regex pattern \`${form}\``)]),
        ...(names.length > 0 ? [wrong("no-such-name", `must be in list [${names.join(", ")}]`)] : []),
      ];
    }
    case "int32":
    case "int64": {
      const { greaterThan, lessThan } = type.value;
      const number = (n: bigint): Json => (type.case === "int64" ? String(n) : Number(n));
      return [
        ...(greaterThan.case ? [wrong(number(BigInt(greaterThan.value) - 1n), "must be greater than ")] : []),
        ...(lessThan.case ? [wrong(number(BigInt(lessThan.value) + 1n), "must be ")] : []),
      ];
    }
    case "duration": {
      const { greaterThan, lessThan } = type.value;
      return [
        ...(greaterThan.case === "gte" && greaterThan.value.seconds > 1n ? [wrong("1s", "must be greater than ")] : []),
        ...(lessThan.case === "lte" ? [wrong(`${lessThan.value.seconds + 1n}s`, "must be ")] : []),
      ];
    }
    default:
      return [];
  }
}
