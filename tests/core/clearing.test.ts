import { violationsOf } from "../../provider/check/violations";
import { changedUnits, diff } from "../../provider/mapping/diff";
import { updateRequest } from "../../provider/mapping/update-request";
import { addressOf, naming } from "../../provider/model/address";
import type { Definition } from "../../provider/model/definition";
import { createMemory } from "../../provider/model/run-memory";
import { factsOf, type Unit } from "../../provider/model/shape";
import { at, type Json, type JsonObject, type Path } from "../../provider/value/json";
import { allInputs, definitions, objectOf } from "./sample";

const id = "0199a1b2-0000-7000-8000-000000000001";
const replaces = "replaces";
const refused = "refused";
const left = "left as it is";

test.each(definitions)(
  "%s: each input that is removed is cleared, replaces, is refused or is left as it is",
  (_kind, definition) => {
    const outcomes = removable(definition).map((unit) => [unit.name, outcome(definition, unit)]);

    expect(Object.fromEntries(outcomes)).toMatchSnapshot();
  },
);

test.each(definitions)("%s: the rules of the API allow every request that clears an input", (_kind, definition) => {
  const broken = removable(definition).flatMap((unit) => {
    const request = clearing(definition, unit);
    if (!request || !definition.update || unit.whenRemoved) return [];
    const name = naming(definition, definition.update, addressed(definition) ?? id, id, id);
    return violationsOf(definition.update.input, { ...name, ...request });
  });

  expect(broken).toEqual([]);
});

const addressed = (definition: Definition): string | undefined =>
  addressOf(definition, allInputs(definition), { organizationId: id, subjectId: id });

/** Units that are not required and that count by themselves. */
const removable = (definition: Definition): Unit[] =>
  factsOf(definition).units.filter(
    ({ name, passive }) =>
      !passive &&
      !definition.required?.some((path) => path === name || (path.startsWith(`${name}.`) && !path.includes("[]"))),
  );

function outcome(definition: Definition, unit: Unit): Json {
  const inputs = allInputs(definition, unit.path);
  const news = without(inputs, unit.path);
  const state = { inputs, outputs: objectOf(definition, inputs), seen: { ready: true } };
  if (unit.whenRemoved === "refuse") {
    expect(() => diff(createMemory(), definition, state, news)).toThrow("cannot be removed");
    return refused;
  }
  if (diff(createMemory(), definition, state, news).replaces.length > 0) return replaces;
  const request = clearing(definition, unit);
  return (request && at(request, unit.update!.path)) ?? left;
}

function clearing(definition: Definition, unit: Unit): JsonObject | undefined {
  const olds = allInputs(definition, unit.path);
  const news = without(olds, unit.path);
  const remote = objectOf(definition, olds);
  return updateRequest(definition, changedUnits(definition, olds, news), { olds, news, remote });
}

function without(inputs: JsonObject, [step, ...rest]: Path): JsonObject {
  return Object.fromEntries(
    Object.entries(inputs).flatMap(([name, part]) => {
      if (name !== step) return [[name, part]];
      return rest.length === 0 ? [] : [[name, without(part as JsonObject, rest)]];
    }),
  );
}
