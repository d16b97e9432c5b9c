import * as pulumi from "@pulumi/pulumi";
import { Environment, Group, Provider, Service } from "../../sdk";
import { withFormerType } from "../../sdk/adapter";
import { registrations } from "./registration";

const groupArgs = { organizationId: "o", name: "Reviewers" };

afterEach(() => pulumi.runtime.setAllConfig({}));

/** Runs a program in a stack with this setting. */
const registeredWith = (adapter: string, program: () => readonly pulumi.Resource[]) =>
  registrations(() => {
    pulumi.runtime.setAllConfig({ "gitpod:adapter": adapter });
    return program();
  });

test("the setting says of which package a resource and its provider are", async () => {
  const types = async (adapter: string) => {
    const seen = await registeredWith(adapter, () => [new Provider("staging"), new Group("reviewers", groupArgs)]);
    return seen.map(({ type }) => type);
  };

  const dynamic = await types("dynamic");
  const plugin = await types("plugin");

  expect(dynamic).toEqual(["pulumi:providers:pulumi-nodejs", "pulumi-nodejs:dynamic/gitpod:Group"]);
  expect(plugin).toEqual(["pulumi:providers:gitpod", "gitpod:index:Group"]);
});

test("to the plugin a resource hands its arguments, secrets as they are, and nothing hidden but what the way back needs", async () => {
  const seen = await registeredWith("plugin", () => [
    new Environment("home", { name: pulumi.secret("Home") }, { customTimeouts: { create: "10m" } }),
    Service.get("web", "42"),
  ]);

  expect(seen.sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual([
    {
      type: "gitpod:index:Environment",
      name: "home",
      id: undefined,
      inputs: {
        name: "Home",
        __provider: codeOf("environment"),
        __urn: "urn:pulumi:test::shop::gitpod:index:Environment::home",
        __timeouts: { create: "10m" },
      },
    },
    {
      type: "gitpod:index:Service",
      name: "web",
      id: "42",
      inputs: { __provider: codeOf("service"), __urn: "urn:pulumi:test::shop::gitpod:index:Service::web" },
    },
  ]);
});

const codeOf = (kind: string): string => `exports.handler=()=>require("pulumi-gitpod/dynamic").${kind}`;

test.each(["Plugin", ""])("the setting %j is refused with those that there are", async (adapter) => {
  await expect(registeredWith(adapter, () => [new Group("reviewers", groupArgs)])).rejects.toThrow(
    `The setting gitpod:adapter is "${adapter}": it must be "dynamic" or "plugin".`,
  );
  expect(() => new Provider("staging")).toThrow(pulumi.RunError);
});

test("a resource is found under its former type, also by each former name or parent, and elsewhere where it is said", () => {
  const stated: pulumi.Input<string | pulumi.Alias>[] = [
    { name: "old" },
    { type: "acme:index:Group" },
    "urn:pulumi:test::shop::acme:index:Group::a",
  ];

  expect(withFormerType(stated, "former")).toEqual([
    { type: "former" },
    { name: "old" },
    { name: "old", type: "former" },
    { type: "acme:index:Group" },
    "urn:pulumi:test::shop::acme:index:Group::a",
  ]);
  expect(withFormerType(undefined, "former")).toEqual([{ type: "former" }]);
});
