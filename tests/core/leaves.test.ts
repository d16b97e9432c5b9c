import { type DescField, ScalarType } from "@bufbuild/protobuf";
import { check } from "../../provider/check/check";
import type { Definition } from "../../provider/model/definition";
import { isLeaf } from "../../provider/model/descriptor";
import { factsOf } from "../../provider/model/shape";
import { at, type Json, type JsonObject, type Path } from "../../provider/value/json";
import { show } from "../../provider/value/path";
import { changed } from "./canary";
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

interface Leaf {
  readonly field: DescField;
  readonly path: Path;
  /** The names that lead there, for choices on the way. */
  readonly route: readonly string[];
}

const reasonFor = (definition: Definition, leaf: Leaf, value: Json): string | undefined =>
  check(definition, stating(definition, leaf, value)).failures.find(({ path }) => show(path) === show(leaf.path))
    ?.reason;

/** Everything at once, with that value at the leaf. */
const stating = (definition: Definition, { path, route }: Leaf, value: Json): JsonObject =>
  changed(allInputs(definition, route), path, value) as JsonObject;

/** Every scalar, named value, duration and time among the inputs, in the first entry of lists and maps. */
function leavesOf(definition: Definition): Leaf[] {
  const { inputs, notInputs } = factsOf(definition);
  const forms = Object.values(definition.sources ?? {}).flatMap((of) => Object.keys(of ?? {}));
  const below = (field: DescField, path: Path, route: readonly string[]): Leaf[] => {
    if (field.deprecated || notInputs.has(route.join(".")) || route.length > 8) return [];
    const isList = field.fieldKind === "list";
    const [key] = field.fieldKind === "map" ? Object.keys(at(allInputs(definition, route), path) ?? {}) : [];
    const place = isList ? [...path, 0] : key === undefined ? path : [...path, key];
    const onwards = isList ? [...route.slice(0, -1), `${route.at(-1)}[]`] : route;
    if (!field.message || isLeaf(field.message)) return [{ field, path: place, route }];
    return field.message.fields.flatMap((inner) =>
      below(inner, [...place, inner.jsonName], [...onwards, inner.jsonName]),
    );
  };
  return [...inputs].filter(([name]) => !forms.includes(name)).flatMap(([name, field]) => below(field, [name], [name]));
}
