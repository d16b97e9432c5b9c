import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type DescField, type DescMessage, fromJson, type JsonValue } from "@bufbuild/protobuf";
import providers from "../provider/dynamic";
import { writeRequests } from "../provider/mapping/create-request";
import { inputsOf } from "../provider/mapping/live-inputs";
import { updateRequest } from "../provider/mapping/update-request";
import type { Definition } from "../provider/model/definition";
import { field } from "../provider/model/descriptor";
import { kindName, objectName, tokenOf } from "../provider/model/module";
import type { PartWords } from "../provider/model/phase-words";
import { createMethods, factsOf, type Unit } from "../provider/model/shape";
import { definitionOf } from "../provider/plugin/kinds";
import * as resources from "../provider/resources";
import { at, equal, type Json, type JsonObject, put, withoutAt } from "../provider/value/json";
import { pattern, steps } from "../provider/value/path";
import { classFile, loadKinds } from "../tools/generate/kinds";
import { sourceFiles } from "../tools/rules/source-files";
import { allInputs, definitions, objectOf, sample } from "./core/sample";

const id = "0199a1b2-0000-7000-8000-000000000001";
const kindOf = (subject: Definition) => loadKinds().find(({ definition }) => definition === subject)!;

describe.each(definitions)("%s", (_, definition) => {
  test("every phase that is named is a phase", () => {
    const { phase } = definition;
    const known = phase ? fieldAt(factsOf(definition).resource, phase.at).enum!.values.map((value) => value.name) : [];

    const unknown = phaseNames(definition).filter((name) => !known.includes(name));

    expect(unknown).toEqual([]);
  });

  test("every phase of a part that is named is one", () => {
    const { resource } = factsOf(definition);
    const unknown = Object.entries<PartWords | undefined>(definition.phase?.parts ?? {}).flatMap(([path, part]) => {
      const values = fieldAt(resource, `${path}.phase`).enum!.values.map(({ name }) => name);
      return [...(part?.moving ?? []), ...(part?.failed ?? [])].filter((phase) => !values.includes(phase));
    });

    expect(unknown).toEqual([]);
  });

  test("every marker of a session is one that the server fills in", () => {
    const markers = factsOf(definition).units.flatMap(({ name, field: f }) => markersIn(name, f));

    expect(markers.sort()).toEqual([...(definition.filledIn ?? [])].sort());
  });

  test("every path leads to an input or to a part of the object", () => {
    expect(lost(definition)).toEqual([]);
  });

  test("what is required is an input", () => {
    const { notInputs } = factsOf(definition);

    expect((definition.required ?? []).filter((path) => notInputs.has(path))).toEqual([]);
  });

  test("the fields that the API has given up are those that its protos call deprecated", () => {
    const creates = createMethods(definition);

    const found = new Set(creates.flatMap(({ input }) => deprecatedIn(input, [])));

    expect([...found].sort()).toEqual([...(definition.deprecated ?? [])].sort());
  });

  test("every input reaches a request", () => {
    const unsent = factsOf(definition).units.filter((unit) => !isSent(definition, unit));

    expect(unsent.map(({ name }) => name)).toEqual([]);
  });

  test("every input that can change in place reaches the update request", () => {
    const units = factsOf(definition).units.filter((unit) => unit.update);

    const sent = units.map((unit) => [unit.name, sentInUpdate(definition, unit)]);

    expect(sent).toEqual(units.map((unit) => [unit.name, sampleOf(definition, unit)]));
  });

  test("what the server gives back of all inputs are the same inputs", () => {
    const inputs = allInputs(definition);

    const managed = inputsOf(definition, objectOf(definition, inputs), inputs);

    expect(managed).toEqual(inputs);
  });

  test("an import finds all inputs that the server gives back, but for markers of sessions", () => {
    const inputs = allInputs(definition);

    const imported = inputsOf(definition, objectOf(definition, inputs), undefined);

    expect(imported).toEqual(withoutHidden(definition, inputs));
  });

  test("it is served to Pulumi, has a class and an example, and its files have the same name", () => {
    const files = [`sdk/${classFile(kindOf(definition))}.ts`, `examples/${kindOf(definition).file}/index.ts`];

    const missing = files.filter((path) => !existsSync(join(__dirname, "..", path)));

    expect(missing).toEqual([]);
    expect(Object.keys(providers)).toContain(objectName(kindName(definition)));
  });

  test("its definition says no more than the proto cannot say: 15 lines, or 90 where it has a life", () => {
    const lines = readFileSync(
      join(__dirname, "..", "provider", "resources", `${kindOf(definition).file}.ts`),
      "utf8",
    ).split("\n");
    const definitionLines = lines.slice(
      lines.findIndex((line) => line.startsWith("export const")),
      -1,
    );
    const { phase, guard, extra, createWith, composed, sensitive, once, as } = definition;
    const isPlain = !phase && !guard && !extra && !createWith && !composed && !sensitive && !once && !as;

    expect(definitionLines.length).toBeLessThanOrEqual(isPlain ? 15 : 90);
  });
});

test("one file of the core asks whether the steps of a kind are composed", async () => {
  const core = (await sourceFiles()).filter(
    ({ path }) => /^provider\/(?!resources\/).+\.ts$/.test(path) && path !== "provider/model/definition.ts",
  );

  const asking = core.filter(({ text }) => /\bcomposed\b/.test(text)).map(({ path }) => path);

  expect(asking).toEqual(["provider/lifecycle/life-calls.ts"]);
});

test("a kind is registered by the file of its definition", () => {
  const found = loadKinds().map(({ definition }) => ({ name: kindName(definition), definition }));
  const all: Readonly<Record<string, Definition>> = resources;

  const lost = found.filter(
    ({ name, definition }) => all[objectName(name)] !== definition || definitionOf(tokenOf(name)) !== definition,
  );

  expect(lost.map(({ name }) => name)).toEqual([]);
  expect(Object.keys(all).length).toBe(found.length);
});

function phaseNames({ phase }: Definition): string[] {
  const { targets = {}, satisfiedBy = {}, failed = [], gone = [], ended = [], onlyIn } = phase ?? {};
  const passed = Object.entries(satisfiedBy).flatMap(([name, later]) => [name, ...(later ?? [])]);
  return [...Object.keys(targets), ...passed, ...failed, ...gone, ...ended, ...(onlyIn?.phases ?? [])];
}

/** The paths of a definition at which there is nothing. */
function lost(definition: Definition): string[] {
  const { phase, cannotClear = {}, mergeBy = {}, repeatedIn = {} } = definition;
  const inputs = [
    ...(definition.required ?? []),
    ...(definition.outputOnly ?? []),
    ...(definition.deprecated ?? []),
    ...(definition.filledIn ?? []),
    ...(definition.writeOnly ?? []),
    ...(definition.sensitive ?? []),
    ...(definition.sets ?? []),
    ...(definition.within ?? []),
    ...(definition.naturalKey ?? []),
    ...Object.keys(cannotClear),
    ...Object.entries(mergeBy).flatMap(([path, merge]) => [
      path,
      `${path}[].${merge!.key}`,
      `${path}[].${merge!.removedWithout}`,
    ]),
    ...Object.keys(repeatedIn),
    ...Object.entries(definition.sources ?? {}).flatMap(([path, forms]) => [path, ...Object.keys(forms ?? {})]),
    ...[phase?.desired, phase?.onlyIn?.inputs].filter((path) => path !== undefined),
  ];
  const outputs = [
    ...(definition.volatile ?? []),
    ...(definition.derived ?? []),
    ...Object.values(repeatedIn).flatMap((paths) => paths ?? []),
    ...[phase?.at, phase?.enclosing?.at, phase?.log?.at, phase?.confirmed?.at, phase?.confirmed?.version].filter(
      (path) => path !== undefined,
    ),
    ...[phase?.endedAt].filter((path) => path !== undefined),
    ...(phase?.reasons ?? []),
    ...Object.entries<PartWords | undefined>(phase?.parts ?? {}).flatMap(([path, part]) => [
      path,
      ...[part?.name && `${path}.${part.name}`, part?.labels].filter((each) => each !== undefined),
    ]),
    ...Object.keys(definition.guard?.counts ?? {}),
  ];
  return [
    ...inputs.filter((path) => !inputAt(definition, path)),
    ...outputs.filter((path) => !findField(factsOf(definition).resource, steps(path))),
  ];
}

function inputAt(definition: Definition, path: string): DescField | undefined {
  const [first, ...rest] = steps(path);
  const creates = createMethods(definition);
  const top = factsOf(definition).inputs.get(first!) ?? creates.map(({ input }) => field(input, first!)).find(Boolean);
  return rest.length === 0 ? top : top?.message && findField(top.message, rest);
}

function findField(message: DescMessage, path: readonly string[]): DescField | undefined {
  const [first, ...rest] = path.filter((step) => step !== "[]");
  const found = field(message, first!);
  return rest.length === 0 ? found : found?.message && findField(found.message, rest);
}

const fieldAt = (message: DescMessage, path: string): DescField => findField(message, steps(path))!;

function deprecatedIn(message: DescMessage, path: readonly string[]): string[] {
  return message.fields.flatMap((f) => {
    const name = f.fieldKind === "list" ? `${f.jsonName}[]` : f.jsonName;
    if (f.deprecated) return [pattern([...path, f.jsonName])];
    return f.message && path.length < 6 ? deprecatedIn(f.message, [...path, name]) : [];
  });
}

const sampleOf = (definition: Definition, unit: Unit): Json => sample(definition, unit.field, unit.path);

/** Whether a unit is in a request, with each of the create methods. */
function isSent(definition: Definition, unit: Unit): boolean {
  const value = sampleOf(definition, unit);
  const variants = [{}, ...Object.keys(definition.createWith ?? {}).map((input): JsonObject => ({ [input]: id }))];
  return variants.every((inputs) => {
    put(inputs, unit.path, value);
    return writeRequests(definition, inputs).some(({ request, inputOf }) =>
      Object.entries(request).some(
        ([name, part]) => inputOf(name) === unit.path[0] && equal(at(part, unit.path.slice(1)), value),
      ),
    );
  });
}

function sentInUpdate(definition: Definition, unit: Unit): Json | undefined {
  const news: JsonObject = {};
  put(news, unit.path, sampleOf(definition, unit));
  const request = updateRequest(definition, [unit], { olds: {}, news, remote: {} })!;
  fromJson(definition.update!.input, request as JsonValue);
  const { path, wrapper } = unit.update!;
  return at(request, wrapper ? [...path, wrapper] : path);
}

/** The paths below a field whose names say that they mark a session. */
function markersIn(name: string, f: DescField): string[] {
  if (/(^|\.)session(Id)?$/.test(name)) return [name];
  const below = f.fieldKind === "message" ? name : `${name}[]`;
  return (f.message?.fields ?? [])
    .filter((inner) => inner.message !== f.message)
    .flatMap((inner) => markersIn(`${below}.${inner.jsonName}`, inner));
}

/** All but the phase, which is an input only where it is stated, and what the server does not give back. */
function withoutHidden(definition: Definition, inputs: JsonObject): JsonObject {
  const shown: JsonObject = {};
  const names = (definition.filledIn ?? []).map((path) => path.split(".").at(-1));
  const { units, writeOnly } = factsOf(definition);
  for (const { name, path, remote } of units) {
    const value = at(inputs, path);
    if (remote && value !== undefined && name !== definition.phase?.desired) put(shown, path, value);
  }
  const known = [...writeOnly].map(steps).reduce<JsonObject>(withoutAt, shown);
  return JSON.parse(JSON.stringify(known, (key, part) => (names.includes(key) ? undefined : part)));
}
