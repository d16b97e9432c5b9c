import { plainSecrets, secretPlaces, wrapAt } from "../../provider/mapping/secret-paths";
import { storedOutputs } from "../../provider/pulumi/stored-properties";
import { secretValue } from "../../provider/pulumi/value";
import { environment, organizationPolicies, secret, service } from "../../provider/resources";
import type { JsonObject } from "../../provider/value/json";

const wrap = (value: unknown) => ({ secret: value }) as JsonObject;

test("a secret input is secret in the inputs and where the object gives it back", () => {
  expect(secretPlaces(service, [["spec", "commands", "start"]])).toEqual({
    inputs: [["spec", "commands", "start"]],
    outputs: [["spec", "commands", "start"]],
  });
  expect(secretPlaces(environment, [["name"]])).toEqual({ inputs: [["name"]], outputs: [["metadata", "name"]] });
});

test("a part of a unit is secret at the same place in the object", () => {
  expect(secretPlaces(service, [["spec", "runsOn", "docker", "image"]]).outputs).toEqual([
    ["spec", "runsOn", "docker", "image"],
  ]);
  expect(secretPlaces(environment, [["annotations", "a.b"]]).outputs).toEqual([["metadata", "annotations", "a.b"]]);
});

test("a secret message makes everything in it secret", () => {
  expect(secretPlaces(service, [["spec", "commands"]]).outputs).toEqual([
    ["spec", "commands", "start"],
    ["spec", "commands", "ready"],
    ["spec", "commands", "stop"],
  ]);
});

test("an entry of a list makes the whole list secret, since entries move", () => {
  expect(secretPlaces(service, [["spec", "env", 1, "value"]])).toEqual({
    inputs: [["spec", "env"]],
    outputs: [["spec", "env"]],
  });
});

test("an input is secret too where the object repeats it", () => {
  const path = ["spec", "content", "initializer", "specs", 0, "contextUrl", "url"];

  expect(secretPlaces(environment, [path]).outputs).toEqual([
    ["spec", "content", "initializer", "specs"],
    ["metadata", "originalContextUrl"],
    ["status", "content", "git", "cloneUrl"],
    ["status", "content", "git", "branch"],
    ["status", "content", "contentLocationInMachine"],
    ["status", "devcontainer", "remoteWorkspaceFolder"],
  ]);
  expect(secretPlaces(service, [["spec", "session"]]).outputs).toEqual([
    ["spec", "session"],
    ["status", "session"],
  ]);
});

test("an input that the definition calls sensitive is secret without the program saying so", () => {
  expect(secretPlaces(secret, [])).toEqual({ inputs: [["value"]], outputs: [] });
});

test("the values at secret places are told, whatever their depth", () => {
  const inputs = { spec: { env: [{ name: "A", value: "s3cret" }], commands: { start: "npm start" } } };

  expect(plainSecrets(inputs, secretPlaces(service, [["spec", "env", 0, "value"]]))).toEqual(["A", "s3cret"]);
  expect(plainSecrets({}, secretPlaces(service, [["spec", "env", 0, "value"]]))).toEqual([]);
});

test("the parts at some paths are wrapped once, and the rest stays", () => {
  const value = { a: { b: "1", c: ["2"] }, d: "3" };

  expect(wrapAt(value, [["a", "b"], ["a", "b"], ["d"], ["gone", "x"], ["d", "inside"]], wrap)).toEqual({
    a: { b: { secret: "1" }, c: ["2"] },
    d: { secret: "3" },
  });
  expect(wrapAt(value, [["a", "b"], ["a"]], wrap)).toEqual({ a: { secret: value.a }, d: "3" });
  expect(value).toEqual({ a: { b: "1", c: ["2"] }, d: "3" });
});

test("zeros at secret places are wrapped as well", () => {
  expect(wrapAt({ a: "", b: false, c: 0, d: [] }, [["a"], ["b"], ["c"], ["d"]], wrap)).toEqual({
    a: { secret: "" },
    b: { secret: false },
    c: { secret: 0 },
    d: { secret: [] },
  });
});

test("what is kept of a secret input, from before and of our own, is as secret as the input, in the state of either adapter", () => {
  const places = secretPlaces(organizationPolicies, [["agentPolicy", "commandDenyList"]]);
  const stored = (name: string) => {
    const seen = { before: { [name]: null }, ours: { [name]: [["canary"]] } };
    return storedOutputs({ inputs: {}, outputs: {}, seen }, places, {}).__state;
  };

  expect(stored("agentPolicy.commandDenyList")).toEqual(secretValue(expect.stringContaining("canary")));
  expect(stored("allowedEditorIds")).toEqual(expect.stringContaining("canary"));
});
