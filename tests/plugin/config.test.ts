import { changedArguments, checkedArguments, configurationOf } from "../../provider/plugin/config";
import { ignoring } from "../../provider/plugin/ignore-changes";
import { secretValue } from "../../provider/pulumi/value";
import { unknown } from "../../provider/value/json";

test("arguments come back by the names that the other adapter knows, without hidden ones, the token as a secret", () => {
  expect(checkedArguments({ "gitpod:token": "t", host: "h", __internal: {} })).toEqual({
    inputs: { "gitpod:token": secretValue("t"), host: "h" },
    reasons: [],
  });
  expect(checkedArguments({ classicToken: "t", "gitpod:classicHost": "h" })).toEqual({
    inputs: { classicToken: secretValue("t"), "gitpod:classicHost": "h" },
    reasons: [],
  });
  expect(checkedArguments({ "gitpod:classicToken": "t" }).inputs).toEqual({ "gitpod:classicToken": secretValue("t") });
});

test("arguments of another type are refused, unknown ones are not", () => {
  expect(checkedArguments({ token: 1, host: ["h"], classicToken: 2, classicHost: {} }).reasons).toEqual([
    "token: must be a string",
    "host: must be a string",
    "classicToken: must be a string",
    "classicHost: must be a string",
  ]);
  expect(checkedArguments({ token: unknown, host: unknown, classicToken: unknown }).reasons).toEqual([]);
});

test("the same arguments under their names in the state of the dynamic adapter are no change", () => {
  expect(changedArguments({ "gitpod:token": "t", "gitpod:host": "h" }, { token: "t", host: "h" })).toEqual([]);
  expect(changedArguments({ token: "t", host: "h" }, { token: "u" })).toEqual(["token", "host"]);
  expect(changedArguments({ "gitpod:classicToken": "t" }, { classicToken: "u", classicHost: "h" })).toEqual([
    "classicToken",
    "classicHost",
  ]);
});

test.each([
  ["default", { current: { token: "new" } }],
  ["default_1_2_3", { current: { token: "new" } }],
  ["mine", { provider: "mine" }],
  ["defaults", { provider: "defaults" }],
])("the provider %s takes the settings as they are now only if it is a default one", (name, expected) => {
  expect(configurationOf({ token: "old", host: "h" }, name, '{"gitpod:token":"new"}')).toEqual({
    stored: { token: "old", host: "h" },
    ...expected,
  });
});

test.each([
  ["spec", ["spec", "ports", 0], true],
  ["spec.ports[0].name", ["spec", "ports", 0, "name"], true],
  ["spec.ports[1]", ["spec", "ports", 0, "name"], false],
  ["spec.ports[*].name", ["spec", "ports", 3, "name"], true],
  ['annotations["a.b"]', ["annotations", "a.b"], true],
  ["*", ["name"], true],
  ["name", ["names"], false],
])("%s ignores changes at %j: %s", (pattern, path, expected) => {
  expect(ignoring([pattern])(path)).toBe(expected);
});
