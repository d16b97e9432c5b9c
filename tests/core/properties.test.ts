import * as fc from "fast-check";
import { check } from "../../provider/check/check";
import { diff } from "../../provider/mapping/diff";
import { inputsOf } from "../../provider/mapping/live-inputs";
import type { Definition } from "../../provider/model/definition";
import { createMemory } from "../../provider/model/run-memory";
import { at, isObject, type Json, type JsonObject, type Path, unknown } from "../../provider/value/json";
import { steps } from "../../provider/value/path";
import { allInputs, definitions, objectOf, validInputs } from "./sample";

const hostile = ["__proto__", "constructor", "toString", "hasOwnProperty", "\0", "\ud800", "", "x".repeat(5000)];
const text = fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: "binary" }));
const scalar = fc.oneof(text, fc.double(), fc.integer(), fc.boolean(), fc.constant(null), fc.constant(unknown));
const anything = fc.letrec<{ value: Json; object: JsonObject }>((tie) => ({
  value: fc.oneof({ depthSize: "small" }, scalar, fc.array(tie("value"), { maxLength: 3 }), tie("object")),
  object: fc.dictionary(text, tie("value"), { maxKeys: 4 }),
}));

describe.each(definitions)("%s", (_kind, definition) => {
  test("no inputs whatever make the check throw, and each problem is told at a place that is there", () => {
    const inputs = fc.oneof(anything.object, spoiled(definition, anything.value));

    fc.assert(
      fc.property(inputs, (given) => {
        expect(misplaced(definition, given)).toEqual([]);
      }),
      { numRuns: Math.ceil(10_000 / definitions.length) },
    );
  }, 60_000);

  test("what is not known yet is never a problem, at any depth", () => {
    fc.assert(
      fc.property(spoiled(definition, fc.constant(unknown), validInputs(definition)), (given) => {
        expect(check(definition, given).failures).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test("checked inputs are not changed by another check", () => {
    fc.assert(
      fc.property(validInputs(definition), (given) => {
        const { inputs, failures } = check(definition, given);

        expect(failures).toEqual([]);
        expect(check(definition, inputs)).toEqual({ inputs, failures: [] });
      }),
      { numRuns: 500 },
    );
  });

  test("equal inputs are no difference", () => {
    fc.assert(
      fc.property(validInputs(definition), (inputs) => {
        const outputs = objectOf(definition, inputs);

        expect(
          diff(createMemory(), definition, { inputs, outputs, seen: { ready: true } }, structuredClone(inputs)).changes,
        ).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test("an object that was created from inputs and read again shows no difference from them", () => {
    fc.assert(
      fc.property(validInputs(definition), (given) => {
        const { inputs } = check(definition, given);
        const outputs = objectOf(definition, inputs);
        const shown = inputsOf(definition, outputs, inputs);

        expect(
          diff(createMemory(), definition, { inputs: shown, outputs, seen: { ready: true } }, inputs).changes,
        ).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

/** Inputs in which one part, at any depth, is something else. */
function spoiled(
  definition: Definition,
  part: fc.Arbitrary<Json>,
  whole: fc.Arbitrary<JsonObject> = fc.constant(allInputs(definition)),
): fc.Arbitrary<JsonObject> {
  return whole.chain((inputs) =>
    fc
      .tuple(fc.constantFrom(...placesIn(inputs)), part)
      .map(([place, value]) => replaced(inputs, place, value) as JsonObject),
  );
}

function placesIn(value: Json, path: Path = []): Path[] {
  const parts = Array.isArray(value) ? [...value.entries()] : isObject(value) ? Object.entries(value) : [];
  return parts.flatMap(([step, part]) => [[...path, step], ...placesIn(part, [...path, step])]);
}

function replaced(value: Json, [step, ...rest]: Path, part: Json): Json {
  if (step === undefined) return part;
  if (Array.isArray(value)) return value.map((entry, i) => (i === step ? replaced(entry, rest, part) : entry));
  const entries = Object.entries(value as JsonObject);
  return Object.fromEntries(entries.map(([name, old]) => [name, name === step ? replaced(old, rest, part) : old]));
}

/** Problems whose parent is not there, although they are no missing input. */
function misplaced(definition: Definition, inputs: JsonObject): Path[] {
  const isMissing = (path: Path): boolean =>
    (definition.required ?? []).some((required) => {
      const names = steps(required);
      return names.length === path.length && names.every((name, i) => name === "[]" || name === path[i]);
    });
  return check(definition, inputs)
    .failures.map(({ path }) => path)
    .filter((path) => path.length > 0 && !isMissing(path) && at(inputs, path.slice(0, -1)) === undefined);
}
