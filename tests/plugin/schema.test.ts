import { join } from "node:path";
import { functionNames } from "../../provider/functions";
import type { Definition } from "../../provider/model/definition";
import { dynamicTypeOf, kindName, tokenOf } from "../../provider/model/module";
import { factsOf, isFixed } from "../../provider/model/shape";
import { isAlwaysNamed } from "../../provider/plugin/autoname";
import { kinds } from "../../provider/plugin/kinds";
import * as resources from "../../provider/resources";
import { requireFresh } from "../../tools/fresh";
import { handedCli } from "../../tools/pulumi/cli-environment";
import { root } from "../../tools/root";
import { run } from "../../tools/run";

jest.setTimeout(120_000);

interface Property {
  description?: string;
  secret?: boolean;
  willReplaceOnChanges?: boolean;
  $ref?: string;
  items?: Property;
  additionalProperties?: Property;
  defaultInfo?: unknown;
}
interface Shape {
  description?: string;
  properties?: Record<string, Property>;
  required?: string[];
  inputProperties?: Record<string, Property>;
  requiredInputs?: string[];
  listInputs?: Shape;
  aliases?: unknown;
  inputs?: Shape;
  outputs?: Shape;
  enum?: { name: string; description?: string }[];
}
const schema: {
  types: Record<string, Shape>;
  resources: Record<string, Shape>;
  functions: Record<string, Shape>;
  provider: Shape;
} = require("../../provider/plugin/schema.json");

const definitions = Object.values(resources) as Definition[];

test("the plugin serves every kind and every function that there is", () => {
  expect([...kinds].sort()).toEqual(definitions.map(kindName).sort());
  expect(Object.keys(schema.resources).sort()).toEqual(kinds.map(tokenOf).sort());
  expect(Object.keys(schema.functions).sort()).toEqual(functionNames.map(tokenOf).sort());
});

/** What the API lists objects of a kind by. */
const conditionsOf = ({ list, within = [] }: Definition): string[] => [
  ...within.filter((name) => list?.input.fields.some((f) => f.jsonName === name)),
  ...(list?.input.fields.find((f) => f.name === "filter")?.message?.fields ?? [])
    .filter((f) => !f.deprecated)
    .map((f) => f.jsonName),
];

/** The properties on the way to a place in the inputs. */
function wayTo({ properties, inputProperties }: Shape, [name = "", ...rest]: readonly string[]): Property[] {
  const property = (inputProperties ?? properties)?.[name];
  if (property === undefined) return [];
  const { $ref = "" } = property.items ?? property.additionalProperties ?? property;
  const type = schema.types[$ref.replace("#/types/", "")];
  return [property, ...(type ? wayTo(type, rest) : [])];
}

/** Whether what is at a path of the inputs is marked as a secret. */
const isSecretAt = (shape: Shape, path: string[]): boolean => wayTo(shape, path)[path.length - 1]?.secret === true;

test("every resource, function, type, property and value of an enum has a description", () => {
  const undescribed = (name: string, shape: Shape): string[] => [
    ...(shape.description ? [] : [name]),
    ...[shape, shape.listInputs ?? {}, shape.inputs ?? {}, shape.outputs ?? {}]
      .flatMap(({ properties = {}, inputProperties = {} }) => [
        ...Object.entries(properties),
        ...Object.entries(inputProperties),
      ])
      .concat((shape.enum ?? []).map((each) => [each.name, each]))
      .filter(([, { description }]) => !description)
      .map(([part]) => `${name}.${part}`),
  ];
  const all = { ...schema.types, ...schema.resources, ...schema.functions };

  expect(Object.entries(all).flatMap(([name, shape]) => undescribed(name, shape))).toEqual([]);
});

test("a field of the API says that it replaces on change where no update takes it, and nowhere else", () => {
  const misleading = definitions
    .filter(({ create, update }) => create ?? update)
    .flatMap((definition) => {
      const { inputs, units } = factsOf(definition);
      return units
        .filter(({ path }) => inputs.get(path[0]!)?.parent?.typeName.startsWith("gitpod.v1."))
        .filter((unit) => {
          const way = wayTo(schema.resources[`gitpod:index:${definition.kind}`] ?? {}, unit.path);
          const isSaid = way.some(({ description }) => description?.includes("Replaces on change"));
          return isSaid !== (isFixed(definition, unit) && !unit.once && !unit.passive);
        })
        .map(({ path }) => `${definition.kind}.${path.join(".")}`);
    });

  expect(misleading).toEqual([]);
});

test.each(definitions.map((definition): [string, Definition] => [definition.kind, definition]))(
  "%s has its inputs, what is required, what replaces, its secrets, the conditions of its list and its alias",
  (_, definition) => {
    const name = kindName(definition);
    const shape = schema.resources[tokenOf(name)] ?? {};
    const { inputs, units } = factsOf(definition);
    const top = (definition.required ?? []).filter((path) => !path.includes("[]")).map((path) => path.split(/[.[]/)[0]);
    // The plugin names them itself.
    const given = isAlwaysNamed(definition) ? ["name"] : [];
    const marked = (mark: "secret" | "willReplaceOnChanges") =>
      Object.keys(shape.inputProperties ?? {}).filter((name) => shape.inputProperties?.[name]?.[mark]);
    const fixed = [...inputs.keys()].filter((name) => {
      const own = units.filter(({ path }) => path[0] === name);
      return (
        own.length > 0 &&
        own.every((unit) => !unit.update && !unit.extra && !unit.passive && unit.name !== definition.phase?.desired)
      );
    });

    expect(Object.keys(shape.inputProperties ?? {}).sort()).toEqual([...inputs.keys()].sort());
    expect([...(shape.requiredInputs ?? [])].sort()).toEqual(
      [...new Set(top)].filter((name) => !given.includes(name!)).sort(),
    );
    expect((definition.sensitive ?? []).filter((path) => !isSecretAt(shape, path.split(".")))).toEqual([]);
    expect(marked("secret").filter((name) => !definition.sensitive?.includes(name))).toEqual([]);
    expect(marked("willReplaceOnChanges").sort()).toEqual(fixed.sort());
    expect(Object.keys(shape.listInputs?.properties ?? {})).toEqual(conditionsOf(definition));
    expect(shape.aliases).toEqual([{ type: dynamicTypeOf(name) }]);
  },
);

test("the token is a secret that no SDK takes from the environment into the state", () => {
  expect(schema.provider.inputProperties?.token).toEqual({
    type: "string",
    secret: true,
    description: expect.stringContaining("GITPOD_API_KEY"),
  });
});

test("the real CLI accepts the schema, and gets the same one from the plugin", async () => {
  requireFresh();
  const cli = await handedCli();
  const env = { ...process.env, ...cli.env };
  const check = await run(cli.bin, ["schema", "check", join(root, "provider", "plugin", "schema.json")], { env });
  const got = await run(cli.bin, ["package", "get-schema", join(root, "dist", "bin", "pulumi-resource-gitpod")], {
    env,
  });

  expect({ code: check.code, said: check.stdout + check.stderr }).toEqual({
    code: 0,
    said: expect.not.stringMatching(/warning|error/i),
  });
  expect(Object.keys(JSON.parse(got.stdout).resources).sort()).toEqual(Object.keys(schema.resources).sort());
});
