import { ScalarType } from "@bufbuild/protobuf";
import { check } from "../../provider/check/check";
import type { Definition } from "../../provider/model/definition";
import type { Json, JsonObject } from "../../provider/value/json";
import { show } from "../../provider/value/path";
import { changed } from "./canary";
import { type Leaf, leavesOf } from "./leaf";
import { allInputs, definitions } from "./sample";

describe.each(definitions)("%s", (_kind, definition) => {
  const leaves = leavesOf(definition);

  test("every input that takes text refuses numbers and booleans, and says how they are written as text", () => {
    const texts = leaves.filter(({ field }) => field.scalar === ScalarType.STRING);

    const wrong = [17, 1.1, true, false].flatMap((value) =>
      texts.filter((leaf) => reasonFor(definition, leaf, value) !== `must be a string: "${value}"`),
    );

    expect(texts).not.toEqual([]);
    expect(wrong.map(({ path }) => show(path))).toEqual([]);
  });

  test("every input that takes the name of a value, a duration or a time refuses numbers and booleans", () => {
    const named = leaves.filter(({ field }) => field.enum || field.message);

    const accepted = [1, true].flatMap((value) =>
      named.filter((leaf) => !reasonFor(definition, leaf, value)?.startsWith("must be ")),
    );

    expect(accepted.map(({ path }) => show(path))).toEqual([]);
  });

  test("every value that the API gives up is accepted with a warning, in its short form too, and no other", () => {
    const values = leaves.flatMap((leaf) => (leaf.field.enum?.values ?? []).map((value) => ({ leaf, value })));

    const misjudged = values.flatMap(({ leaf, value: { name, localName, deprecated } }) =>
      [name, localName, name.toLowerCase()].filter((spelling) => {
        const { warnings = [] } = check(definition, stating(definition, leaf, spelling));
        return warnings.some(({ path }) => show(path) === show(leaf.path)) !== deprecated;
      }),
    );

    expect(misjudged).toEqual([]);
  });
});

test("a warning names the place and what to use instead", () => {
  const environment = definitions.find(([kind]) => kind === "Environment")?.[1];

  expect(environment && check(environment, { spec: { admission: "OWNER_ONLY" } })).toEqual({
    inputs: { spec: { admission: "ADMISSION_LEVEL_OWNER_ONLY" } },
    failures: [],
    warnings: [
      {
        path: ["spec", "admission"],
        reason:
          "the API has deprecated this value; the others are ADMISSION_LEVEL_EVERYONE, ADMISSION_LEVEL_ORGANIZATION, ADMISSION_LEVEL_CREATOR_ONLY",
      },
    ],
  });
});

const reasonFor = (definition: Definition, leaf: Leaf, value: Json): string | undefined =>
  check(definition, stating(definition, leaf, value)).failures.find(({ path }) => show(path) === show(leaf.path))
    ?.reason;

/** Everything at once, with that value at the leaf. */
const stating = (definition: Definition, { path, route }: Leaf, value: Json): JsonObject =>
  changed(allInputs(definition, route), path, value) as JsonObject;
