import type { DescField } from "@bufbuild/protobuf";
import * as fc from "fast-check";
import { check } from "../../provider/check/check";
import { type Difference, diff } from "../../provider/mapping/diff";
import { withFirstStated } from "../../provider/mapping/first-stated";
import { inputsOf } from "../../provider/mapping/live-inputs";
import { markKey } from "../../provider/mapping/origin";
import type { Definition } from "../../provider/model/definition";
import { isImplicit, messageOf, zero } from "../../provider/model/descriptor";
import { createMemory } from "../../provider/model/run-memory";
import { factsOf, type Unit } from "../../provider/model/shape";
import type { State } from "../../provider/model/state";
import { automationsFile, environment, project, secret, taskExecution } from "../../provider/resources";
import { at, isObject, type Json, type JsonObject, type Path, put, withAt, withoutAt } from "../../provider/value/json";
import { pattern, steps } from "../../provider/value/path";
import { allInputs, definitions, objectOf, validInputs } from "./sample";

const id = "0199a1b2-0000-7000-8000-000000000001";

describe.each(definitions)("%s", (_kind, definition) => {
  test("no program that states some of what an imported object has makes a difference to it", () => {
    fc.assert(
      fc.property(validInputs(definition), parts(definition), (given, dropped) => {
        const { inputs } = check(definition, given);
        const state = imported(objectOf(definition, inputs));
        const { inputs: program, failures } = check(definition, dropped.reduce<JsonObject>(withoutAt, given));

        fc.pre(failures.length === 0);
        expect(differences(definition, state, program)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test("programs that state more and more of it make none either", () => {
    const all = allInputs(definition);
    const places = placesIn(definition, all);
    const state = imported(objectOf(definition, all));

    const program = places.reduceRight<{ stated: State; changes: Path[]; inputs: JsonObject }>(
      ({ stated, changes, inputs }, place) => {
        const more = withAt(inputs, place, at(all, place)!);
        const found = differences(definition, stated, more);
        return { stated: withFirstStated(definition, stated, more), changes: [...changes, ...found], inputs: more };
      },
      { stated: state, changes: [], inputs: {} },
    );

    expect(program.changes).toEqual([]);
  });

  test("what a program has stated of it is removed as from any other object", () => {
    const all = allInputs(definition);
    const outputs = objectOf(definition, all);
    const stated = withFirstStated(definition, imported(outputs), all);
    const made = { inputs: stated.inputs, outputs, seen: { ready: true } };
    const units = factsOf(definition).units.filter(
      ({ path, whenRemoved }) => at(stated.inputs, path) !== undefined && whenRemoved !== "refuse",
    );

    const removals = units.map(({ path }) => diff(createMemory(), definition, stated, withoutAt(all, path)));

    expect(units.length).toBeGreaterThan(0);
    expect(removals).toEqual(units.map(({ path }) => diff(createMemory(), definition, made, withoutAt(all, path))));
    const isTold = ({ path: place }: Unit, { changes }: Difference) =>
      changes.some(({ path }) => place.every((step, i) => path[i] === step));
    expect(units.filter((unit, i) => !isTold(unit, removals[i]!)).map(({ name }) => name)).toEqual(
      units.filter(({ once }) => once).map(({ name }) => name),
    );
  });

  test("stating the zero of what the server leaves out is no difference", () => {
    const needed = needs(definition);
    const state = imported(objectOf(definition, needed));
    const zeros = factsOf(definition).units.filter(
      ({ path, shown, field }) => at(needed, path) === undefined && hasZero(shown ?? field),
    );

    const different = zeros.filter(
      ({ path, field }) => differences(definition, state, withAt(needed, path, zero(field))).length > 0,
    );

    expect(different.map(({ name }) => name)).toEqual([]);
  });

  test("a program that is generated from an import has nothing that only the server sets, and nothing that is wrong", () => {
    const object = objectOf(definition, allInputs(definition));
    const mark = { [markKey]: "urn#hash" };
    const marked =
      definition.identity?.by === "annotation"
        ? { ...object, metadata: { ...(object.metadata as JsonObject), annotations: mark } }
        : object;

    const inputs = inputsOf(definition, marked, undefined);

    expect(namesIn(inputs).filter((name) => ["session", "sessionId", markKey].includes(name))).toEqual([]);
    expect(check(definition, inputs, inputs)).toEqual({ inputs, failures: [] });
  });
});

test("what a program states in another way than an imported object has it is a difference", () => {
  const object = { initializer: {}, metadata: { name: "shop" }, prebuildConfiguration: { enabled: true } };
  const state = imported(object);
  const program = { name: "shop", initializer: { specs: [] }, prebuildConfiguration: { enabled: false } };

  expect(diff(createMemory(), project, state, program).changes).toEqual([
    { path: ["prebuildConfiguration", "enabled"], kind: "update", replaces: false },
  ]);
});

test("an input that the server never gives back is written when it is first stated, unless it is empty", () => {
  const state = imported({ initializer: {}, metadata: { name: "shop" } });
  const program = { name: "shop", initializer: {} };

  expect(differencesWithWrites(project, state, { ...program, technicalDescription: "" })).toEqual([]);
  expect(differencesWithWrites(project, state, { ...program, technicalDescription: "A shop" })).toEqual([
    ["technicalDescription"],
  ]);
});

test("what can be neither read nor changed is taken at its word once", () => {
  const state = imported({ metadata: { taskId: id } });
  const first = { taskId: id, triggers: { data: "1" } };

  const stated = withFirstStated(taskExecution, state, first);

  expect(diff(createMemory(), taskExecution, state, first).changes).toEqual([]);
  expect(diff(createMemory(), taskExecution, stated, { taskId: id, triggers: { data: "2" } }).replaces).toEqual([
    "triggers",
  ]);
  expect(
    diff(createMemory(), taskExecution, { ...state, inputs: { taskId: id }, seen: { ready: true } }, first).replaces,
  ).toEqual(["triggers"]);
});

test("entries that no program states are left alone where the object is made of them", () => {
  const entry = { name: "Web", commands: { start: "npm start" } };
  const state = imported({
    environmentId: id,
    automations: { services: { web: entry, theirs: entry } },
    services: { web: "1", theirs: "2" },
    tasks: {},
  });
  const program = { environmentId: id, automations: { services: { web: entry } } };

  expect(diff(createMemory(), automationsFile, state, program).changes).toEqual([]);
  expect(
    diff(createMemory(), automationsFile, withFirstStated(automationsFile, state, program), { environmentId: id })
      .changes,
  ).toEqual([{ path: ["automations"], kind: "delete", replaces: false }]);
});

test("ports that no program states are left alone, and one that it has stated is taken away", () => {
  const port = (number: number) => ({ port: number, name: "web", admission: "ADMISSION_LEVEL_EVERYONE" });
  const state = imported({ spec: { ports: [port(3000), port(4000)] } });
  const stated = withFirstStated(environment, state, { spec: { ports: [port(4000)] } });

  expect(diff(createMemory(), environment, state, { spec: { ports: [port(4000)] } }).changes).toEqual([]);
  expect(diff(createMemory(), environment, state, { spec: { ports: [] } }).changes).toEqual([]);
  expect(diff(createMemory(), environment, stated, { spec: { ports: [] } }).changes).toEqual([
    { path: ["spec", "ports", 0], kind: "delete", replaces: false },
  ]);
});

test("a required input that an import cannot find out may be missing or empty until it is stated", () => {
  const found = { name: "TOKEN", apiOnly: true, scope: { projectId: id } };
  const missing = [{ path: ["value"], reason: "is required" }];

  expect(check(secret, found, found)).toEqual({ inputs: found, failures: [] });
  expect(check(secret, { ...found, value: "" }, found)).toEqual({ inputs: found, failures: [] });
  expect(check(secret, found, { ...found, value: "a" }).failures).toEqual(missing);
  expect(check(secret, found).failures).toEqual(missing);
});

/** The state of an object that was imported and of which nobody has stated anything. */
const imported = (outputs: JsonObject): State => ({
  inputs: {},
  outputs,
  seen: { ready: true, imported: true },
});

/** The places that differ, other than inputs that are written because nothing tells whether they are there. */
const differences = (definition: Definition, state: State, program: JsonObject): Path[] =>
  differencesWithWrites(definition, state, program).filter(
    (path) => !path.some((_, i) => factsOf(definition).writeOnly.has(pattern(path.slice(0, i + 1)))),
  );

function differencesWithWrites(definition: Definition, state: State, stated: JsonObject): Path[] {
  // What cannot be removed stays in a program.
  const kept = factsOf(definition).units.filter(({ whenRemoved }) => whenRemoved === "refuse");
  const program = structuredClone(stated);
  for (const { path } of kept) {
    const value = at(state.inputs, path);
    if (value !== undefined && at(program, path) === undefined) put(program, path, value);
  }
  const { changes, replaces } = diff(createMemory(), definition, state, program);
  return [...changes.map(({ path }) => path), ...replaces.map((name) => [name])];
}

/** Places that a program may leave out, at random. */
const parts = (definition: Definition): fc.Arbitrary<readonly string[][]> =>
  fc.subarray(placesIn(definition, allInputs(definition)));

/** The places of values, of which messages are taken apart, and lists and maps are not. */
const placesIn = (definition: Definition, inputs: JsonObject): string[][] =>
  factsOf(definition).units.flatMap(({ path, field }) => placesBelow(field, path, at(inputs, path)));

function placesBelow(f: DescField, path: readonly string[], value: Json | undefined): string[][] {
  if (value === undefined) return [];
  const inner = messageOf(f)?.fields.flatMap((each) =>
    placesBelow(each, [...path, each.jsonName], at(value, [each.jsonName])),
  );
  return inner && inner.length > 0 ? inner : [[...path]];
}

/** The inputs that every program has. */
function needs(definition: Definition): JsonObject {
  const all = allInputs(definition);
  const required = (definition.required ?? []).filter((path) => !path.includes("[]")).map(steps);
  return required.reduce<JsonObject>((inputs, path) => withAt(inputs, path, at(all, path)!), {});
}

const hasZero = (f: DescField): boolean =>
  f.oneof === undefined && (f.fieldKind === "list" || f.fieldKind === "map" || isImplicit(f));

function namesIn(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  return isObject(value) ? Object.entries(value).flatMap(([name, part]) => [name, ...namesIn(part)]) : [];
}
