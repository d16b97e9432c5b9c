import * as pulumi from "@pulumi/pulumi";
import type { Definition } from "../../provider/model/definition";
import { dynamicTypeOf, kindName } from "../../provider/model/module";
import * as definitions from "../../provider/resources";
import * as sdk from "../../sdk";
import { Environment, type EnvironmentArgs, Group, Secret, type SecretArgs, Service } from "../../sdk";
import { everyKind } from "../kinds/every";
import { registrations } from "./registration";

const groupArgs = { organizationId: "o", name: "Reviewers" };
const secretArgs: SecretArgs = { name: "TOKEN", value: "v", apiOnly: true, scope: { organizationId: "o" } };

/** A resource of each kind, which is named for its definition. */
const oneOfEach = (options: pulumi.CustomResourceOptions = {}): pulumi.Resource[] =>
  Object.entries<Definition>(definitions).map(([name, { module, kind }]) =>
    Reflect.construct(Reflect.get(module ? Reflect.get(sdk, module) : sdk, kind), [
      name,
      everyKind[name]?.inputs,
      options,
    ]),
  );

class Team extends pulumi.ComponentResource {
  constructor(name: string) {
    super("acme:index:Team", name);
  }
}

test("a resource is registered with its arguments, the provider's name and its own URN, and nothing else", async () => {
  const seen = await registrations(() => [new Group("reviewers", groupArgs)]);

  expect(seen).toEqual([
    {
      type: "pulumi-nodejs:dynamic/gitpod:Group",
      name: "reviewers",
      id: undefined,
      inputs: {
        organizationId: "o",
        name: "Reviewers",
        __provider: 'exports.handler=()=>require("pulumi-gitpod/dynamic").group',
        __urn: "urn:pulumi:test::shop::pulumi-nodejs:dynamic/gitpod:Group::reviewers",
      },
    },
  ]);
});

test("every kind names the provider of its definition in at most 100 bytes", async () => {
  const seen = await registrations(() => oneOfEach());

  const named = seen.map(({ type, inputs }) => [type, inputs.__provider]);
  const wanted = Object.entries<Definition>(definitions).map(([key, definition]) => [
    dynamicTypeOf(kindName(definition)),
    `exports.handler=()=>require("pulumi-gitpod/dynamic").${key}`,
  ]);
  expect(named.sort()).toEqual(wanted.sort());
  expect(wanted.every(([, literal]) => Buffer.byteLength(literal ?? "") <= 100)).toBe(true);
});

test("an object that is only read is found by its id, without arguments", async () => {
  const seen = await registrations(() => [Service.get("web", "42")]);

  expect(seen).toEqual([
    {
      type: "pulumi-nodejs:dynamic/gitpod:Service",
      name: "web",
      id: "42",
      inputs: {
        __provider: 'exports.handler=()=>require("pulumi-gitpod/dynamic").service',
        __urn: "urn:pulumi:test::shop::pulumi-nodejs:dynamic/gitpod:Service::web",
      },
    },
  ]);
});

test("the URN of a child names the types of its parents, and children of a component do not wait for each other", async () => {
  const seen = await registrations(() => {
    const team = new Team("frontend");
    const outer = new Group("outer", groupArgs, { parent: team });
    const inner = new Group("inner", groupArgs, { parent: outer });
    const sibling = new Group("sibling", groupArgs, { parent: team });
    return [team, outer, inner, sibling];
  });

  const urns = Object.fromEntries(seen.map(({ name, inputs }) => [name, inputs.__urn]));
  expect(urns).toEqual({
    frontend: undefined,
    outer: "urn:pulumi:test::shop::acme:index:Team$pulumi-nodejs:dynamic/gitpod:Group::outer",
    // The mock engine names one parent only, and the URN of a child is made from that of its parent.
    inner: expect.stringMatching(/pulumi-nodejs:dynamic\/gitpod:Group\$pulumi-nodejs:dynamic\/gitpod:Group::inner$/),
    sibling: "urn:pulumi:test::shop::acme:index:Team$pulumi-nodejs:dynamic/gitpod:Group::sibling",
  });
});

test("timeouts travel as they are given, and only when they are", async () => {
  const seen = await registrations(() => [
    new Group("patient", groupArgs, { customTimeouts: { create: "10m", delete: "1h30m" } }),
    new Group("plain", groupArgs),
  ]);

  const timeouts = Object.fromEntries(seen.map(({ name, inputs }) => [name, inputs.__timeouts]));
  expect(timeouts).toEqual({ patient: { create: "10m", delete: "1h30m" }, plain: undefined });
});

describe("secret arguments", () => {
  const secretsIn = async (args: EnvironmentArgs) => {
    const [seen] = await registrations(() => [new Environment("a", args)]);
    return seen?.inputs.__secrets;
  };

  test("are named by their paths, at any depth and in lists", async () => {
    const paths = await secretsIn({
      name: pulumi.secret("n"),
      annotations: { "a.b": pulumi.secret("x"), plain: pulumi.output("y") },
      spec: {
        sshPublicKeys: [
          { id: "1", value: "k" },
          { id: "2", value: pulumi.secret("k") },
        ],
      },
    });

    expect(paths).toEqual([["name"], ["annotations", "a.b"], ["spec", "sshPublicKeys", 1, "value"]]);
  });

  test("are named whole where a whole message is secret", async () => {
    const paths = await secretsIn({ spec: pulumi.secret({ content: { gitEmail: "a@b.c" } }) });

    expect(paths).toEqual([["spec"]]);
  });

  test("are found inside promises", async () => {
    const paths = await secretsIn({
      annotations: Promise.resolve({ a: pulumi.secret("x"), b: Promise.resolve(pulumi.secret("y")) as never }),
    });

    expect(paths).toEqual([
      ["annotations", "a"],
      ["annotations", "b"],
    ]);
  });

  test("are not named when outputs are no secrets, nor when there are no outputs", async () => {
    const paths = [
      await secretsIn({ name: pulumi.output("n"), spec: Promise.resolve({}) }),
      await secretsIn({ name: "n", spec: { ports: [{ port: 3000, name: "web" }] } }),
    ];

    expect(paths).toEqual([undefined, undefined]);
  });
});

test("an argument may come from a resource that is not there yet", async () => {
  const seen = await registrations(() => {
    const secret = new Secret("token", secretArgs);
    return [secret, new Environment("a", { name: secret.name, annotations: { id: secret.id } })];
  });

  expect(seen[1]?.inputs).toMatchObject({ name: "TOKEN", annotations: { id: "token-id" } });
});

test("what has a natural key is deleted before it is replaced, unless the program says otherwise", async () => {
  const optionsOf = async (opts: pulumi.CustomResourceOptions): Promise<Record<string, boolean | undefined>> => {
    const seen: Record<string, boolean | undefined> = {};
    const look: pulumi.ResourceTransformation = ({ name, opts: all }) => {
      seen[name] = (all as pulumi.CustomResourceOptions).deleteBeforeReplace;
      return undefined;
    };
    const all = { ...opts, transformations: [look] };
    await registrations(() => oneOfEach(all));
    return seen;
  };
  const each = (value: (definition: object) => boolean | undefined) =>
    Object.fromEntries(Object.entries(definitions).map(([name, definition]) => [name, value(definition)]));

  const byDefault = await optionsOf({});
  const stated = await optionsOf({ deleteBeforeReplace: false });

  expect(byDefault).toEqual(each((definition) => ("naturalKey" in definition ? true : undefined)));
  expect(stated).toEqual(each(() => false));
});
