import { type DescField, type DescMessage, fromJson, type JsonValue, ScalarType, toJson } from "@bufbuild/protobuf";
import * as fc from "fast-check";
import { violationsOf } from "../../provider/check/violations";
import { addressOf } from "../../provider/model/address";
import type { Definition } from "../../provider/model/definition";
import { isLeaf, zero, zeroEntry } from "../../provider/model/descriptor";
import { kindName } from "../../provider/model/module";
import { restingPhases } from "../../provider/model/phase";
import { createMethod, factsOf } from "../../provider/model/shape";
import * as resources from "../../provider/resources";
import { at, equal, type Json, type JsonObject, present, put, withoutAt } from "../../provider/value/json";
import { pattern, startsWith, steps } from "../../provider/value/path";

/** Every definition there is, by its kind. */
export const definitions: readonly (readonly [string, Definition])[] = Object.values(resources).map(
  (definition: Definition) => [kindName(definition), definition as Definition],
);

/** Returns inputs that the rules of the proto allow, made from the descriptors alone. */
export function validInputs(definition: Definition): fc.Arbitrary<JsonObject> {
  const needed = new Set(
    violationsOf(createMethod(definition, () => false).input, {}).map(({ path }) => String(path[0])),
  );
  for (const input of Object.keys(definition.sources ?? {})) needed.add(input);
  const isNeeded = (name: string): boolean => needed.has(definition.renamed?.[name] ?? name);
  return fields(definition, stated(definition), [], isNeeded).map((inputs) =>
    addressed(definition, withoutEmpty(definition, referring(definition, inputs))),
  );
}

/** Lets an object that has an address be taken over by it. */
const addressed = (definition: Definition, inputs: JsonObject): JsonObject =>
  definition.address && inputs.adopt !== undefined ? { ...inputs, adopt: addressOf(definition, inputs) ?? "" } : inputs;

/** Leaves out empty values of what nobody may empty. */
const withoutEmpty = (definition: Definition, inputs: JsonObject): JsonObject =>
  factsOf(definition)
    .units.filter(({ path, field, isNeverEmpty }) => isNeverEmpty && equal(at(inputs, path), zero(field)))
    .reduce((rest, { path }) => withoutAt(rest, path), inputs);

/** Lets the entries of a map refer to those before them, and to those of the other maps that they may name. */
function referring(definition: Definition, inputs: JsonObject): JsonObject {
  for (const [list, maps = []] of Object.entries(definition.references ?? {})) {
    const [holder = "", field = ""] = list.split("[].");
    const entries = Object.entries(at(inputs, steps(holder)) ?? {});
    const own = entries.map(([name]) => name);
    const others = maps
      .flatMap((map) => Object.keys(at(inputs, steps(map)) ?? {}))
      .filter((name) => !own.includes(name));
    for (const [i, [, entry]] of entries.entries()) {
      const known = [...own.slice(0, i), ...others];
      const names = at(entry, steps(field));
      if (Array.isArray(names))
        put(
          entry,
          steps(field),
          names.flatMap((_, j) => known[j] ?? []),
        );
    }
  }
  return inputs;
}

/** Returns every input at once, none of them zero; of a choice the member on the way to a path, else the last one. */
export const allInputs = (definition: Definition, to: readonly string[] = []): JsonObject =>
  filled(definition, stated(definition), [], to);

/** The inputs without those that only say another one in other words. */
function stated(definition: Definition): Named {
  const forms = Object.values(definition.sources ?? {}).flatMap((of) => Object.keys(of ?? {}));
  return [...factsOf(definition).inputs].filter(([name]) => !forms.includes(name));
}

/** Returns a value of a field with all its parts, none of them zero. */
export function sample(
  definition: Definition,
  f: DescField,
  path: readonly string[],
  to: readonly string[] = [],
): Json {
  if (f.fieldKind === "map") return { [isKeyOf(f, "a.b") ? "a.b" : "web"]: sampleEntry(definition, f, path, to) };
  if (f.fieldKind !== "list") return sampleEntry(definition, f, path, to);
  return [sampleEntry(definition, f, [...path.slice(0, -1), `${path.at(-1)}[]`], to)];
}

function sampleEntry(definition: Definition, f: DescField, path: readonly string[], to: readonly string[]): Json {
  if (f.message && !isLeaf(f.message)) return filled(definition, inputsOf(definition, f.message, path), path, to);
  const isReference = ([list]: [string, unknown]): boolean => list.replaceAll("[]", "") === pattern(path).slice(0, -2);
  if (Object.entries(definition.references ?? {}).some(isReference)) return "web";
  return allowed(definition, f, path).findLast((value) => value !== zeroEntry(f))!;
}

function filled(definition: Definition, all: Named, path: readonly string[], to: readonly string[]): JsonObject {
  const chosen = new Map(all.map(([name, f]) => [f.oneof ?? name, name]));
  for (const [name, f] of all) if (f.oneof && startsWith(to, [...path, name])) chosen.set(f.oneof, name);
  return Object.fromEntries(
    all
      .filter(([name, f]) => chosen.get(f.oneof ?? name) === name)
      .map(([name, f]) => [name, sample(definition, f, [...path, name], to)]),
  );
}

/** Returns the object as the server gives it once it has taken these inputs. */
export function objectOf(definition: Definition, inputs: JsonObject): JsonObject {
  const { resource, units, writeOnly } = factsOf(definition);
  const object: JsonObject = {};
  for (const { name, path, remote } of units) {
    const value = at(inputs, path);
    if (remote && value !== undefined && !writeOnly.has(name)) put(object, remote, value);
  }
  const names = new Set(resource.fields.map((f) => f.jsonName));
  const said = Object.fromEntries(Object.entries(object).filter(([name]) => names.has(name)));
  return { ...object, ...(toJson(resource, fromJson(resource, said as JsonValue)) as JsonObject) };
}

type Named = readonly (readonly [string, DescField])[];

function fields(
  definition: Definition,
  all: Named,
  path: readonly string[],
  isNeeded: (name: string) => boolean,
): fc.Arbitrary<JsonObject> {
  const oneofs = [...new Set(all.flatMap(([, f]) => f.oneof ?? []))];
  const choices = oneofs.map((oneof) => {
    const members = all.filter(([, f]) => f.oneof === oneof);
    const one = fc.oneof(
      ...members.map(([name, f]) => fieldValue(definition, f, [...path, name]).map((value) => ({ [name]: value }))),
    );
    return violationsOf(oneof.parent, {}).some((violation) => violation.path.length === 0)
      ? one
      : fc.oneof(one, fc.constant<JsonObject>({}));
  });
  const single = all
    .filter(([, f]) => !f.oneof)
    .map(([name, f]): [string, fc.Arbitrary<Json | undefined>] => {
      const value = fieldValue(definition, f, [...path, name]);
      return [
        name,
        isNeeded(name) || isRequired(definition, [...path, name]) ? value : fc.option(value, { nil: undefined }),
      ];
    });
  return fc
    .tuple(fc.record(Object.fromEntries(single)), ...choices)
    .map((parts) => present(Object.assign({}, ...parts)));
}

const isRequired = (definition: Definition, path: readonly string[]): boolean =>
  (definition.required ?? []).some(
    (required) =>
      required === pattern(path) ||
      (required.startsWith(`${pattern(path)}.`) && !required.slice(pattern(path).length).includes("[]")),
  );

function fieldValue(definition: Definition, f: DescField, path: readonly string[]): fc.Arbitrary<Json> {
  if (f.fieldKind === "map")
    return fc.dictionary(keyOf(f), entry(definition, f, [...path.slice(0, -1), `${path.at(-1)}[]`]));
  if (f.fieldKind !== "list") return entry(definition, f, path);
  const merge = definition.mergeBy?.[pattern(path)];
  const minLength = violationsOf(f.parent, { [f.jsonName]: [] }).some((violation) => violation.path[0] === f.jsonName)
    ? 1
    : 0;
  const entries = entry(definition, f, [...path.slice(0, -1), `${path.at(-1)}[]`]);
  return merge
    ? fc.uniqueArray(entries, { maxLength: 3, selector: (e) => JSON.stringify((e as JsonObject)[merge.key]) })
    : fc.uniqueArray(entries, { minLength, maxLength: 3, selector: JSON.stringify });
}

const mapKey = fc.string({ minLength: 1 }).filter((key) => key !== "__proto__");

/** A key that the rules of the map allow. */
const keyOf = (f: DescField): fc.Arbitrary<string> =>
  fc.oneof(mapKey, fc.constantFrom("web", "seed_2")).filter((key) => isKeyOf(f, key));

const isKeyOf = (f: DescField, key: string): boolean =>
  violationsOf(f.parent, { [f.jsonName]: { [key]: zeroEntry(f) } }).every(({ isName }) => !isName);

function entry(definition: Definition, f: DescField, path: readonly string[]): fc.Arbitrary<Json> {
  const { message } = f;
  if (!message || isLeaf(message)) return fc.constantFrom(...allowed(definition, f, path));
  const needed = new Set(violationsOf(message, {}).map((violation) => String(violation.path[0])));
  const values = fields(
    definition,
    inputsOf(definition, message, path),
    path,
    (name) => needed.has(name) || isMerged(definition, path),
  );
  // Rules of a message as a whole compare its fields.
  return values.filter((value) => violationsOf(message, value).every((violation) => violation.path.length > 0));
}

/** Whether the entries of a list say all they can, since an update takes others for removals. */
const isMerged = (definition: Definition, path: readonly string[]): boolean =>
  Object.keys(definition.mergeBy ?? {}).some((list) => pattern(path) === `${list}[]`);

/** The fields of a message that are inputs. */
function inputsOf(definition: Definition, message: DescMessage, path: readonly string[]): Named {
  const { notInputs } = factsOf(definition);
  return message.fields
    .filter((f) => !f.deprecated && !notInputs.has(pattern([...path, f.jsonName])))
    .map((f) => [f.jsonName, f]);
}

/** The candidates that break no rule at their own place. */
function allowed(definition: Definition, f: DescField, path: readonly string[]): Json[] {
  if (pattern(path) === definition.phase?.desired) return restingPhases(definition);
  return candidates(f).filter((value) => {
    if (isMerged(definition, path.slice(0, -1)) && value === zeroEntry(f)) return false;
    // What deletes an object cannot be asked of it.
    if (f.enum && definition.phase?.gone?.includes(String(value))) return false;
    const wrapped = f.fieldKind === "list" ? [value] : f.fieldKind === "map" ? { key: value } : value;
    return violationsOf(f.parent, { [f.jsonName]: wrapped }).every((violation) => violation.path[0] !== f.jsonName);
  });
}

function candidates(f: DescField): readonly Json[] {
  if (f.enum) return f.enum.values.filter((value) => !value.deprecated).map((value) => value.name);
  if (f.message) return f.message.typeName === "google.protobuf.Duration" ? durations : times;
  if (f.scalar === ScalarType.STRING) return texts;
  if (f.scalar === ScalarType.BYTES) return ["", "c2hvcA=="];
  if (f.scalar === ScalarType.BOOL) return [false, true];
  return typeof zeroEntry(f) === "string" ? ["0", "7"] : [0, 1, 7, 3000, 8080, 65535];
}

const durations = ["86400s", "0s", "90s", "300s", "1800s", "3600s"];
const times = ["2026-01-31T12:00:00Z", "1970-01-01T00:00:00Z"];
const texts = [
  "",
  "0199a1b2-0000-7000-8000-000000000001",
  "0199a1b2-0000-7000-8000-000000000002",
  "https://example.com/shop",
  "example",
  "shop.example.com",
  "manual",
  "editor",
  "Example_2",
  "/srv/shop",
  "a b \u00e9 \u{1f600}",
];
