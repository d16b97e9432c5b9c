import { readsOf } from "../../provider/functions/of-kind";
import { commentOf, docComment } from "../../tools/generate/comment";
import { loadFunctions, loadKinds } from "../../tools/generate/kinds";
import { alwaysThere } from "../../tools/generate/outputs";
import { withTexts } from "../../tools/generate/table";
import { replacementOf } from "../../tools/generate/words";

const ofEach = <T>(say: (kind: ReturnType<typeof loadKinds>[number]) => T) =>
  Object.fromEntries(loadKinds().map((kind) => [kind.name, say(kind)]));

test("a comment says what replaces, or what changes in place where that is shorter", () => {
  const said = ofEach(({ definition }) => replacementOf(definition));

  expect(said).toMatchObject({
    group: "Another `organizationId` replaces it.",
    project: "",
    secret: "Only `value` changes in place; everything else replaces it.",
    task: "Another `environmentId` or `metadata.reference` replaces it.",
    taskExecution: "Every change replaces it.",
  });
});

test("the outputs that are always there follow from what is required, the phase and what the API gives every object", () => {
  const names = ofEach(({ definition }) => alwaysThere(definition));

  expect(names).toMatchObject({
    automationsFile: ["environmentId", "automations", "services", "tasks"],
    group: ["organizationId", "name", "createdAt"],
    project: ["metadata", "initializer", "desiredPhase"],
    secret: ["name", "createdAt", "scope"],
    service: ["environmentId", "metadata", "spec", "status"],
  });
});

test("the functions of a kind are its own get and list calls", () => {
  const names = loadFunctions().map(({ name }) => name);

  const calls = loadKinds().flatMap(({ definition }) => {
    const { get, list } = readsOf(definition);
    return [get, list].flatMap((call) => call ?? []);
  });
  expect(names).toEqual(expect.arrayContaining(calls.map(({ localName }) => localName)));
  expect(names).toEqual(expect.arrayContaining(["getGroup", "listGroups", "listSecrets"]));
});

test("an export without a comment and a document without a marker are refused", () => {
  expect(() => commentOf("provider/resources/group.ts", "groups")).toThrow("group.ts: groups needs a doc comment");
  expect(() => withTexts("AGENTS.md", { kinds: "" })).toThrow("AGENTS.md lacks the line <!-- generated: kinds -->");
});

test("an example in a comment does not end the comment", () => {
  expect(docComment(["a"], "/* b */")).toBe("/**\n * a\n *\n * @example\n * ```ts\n * /* b *\\/\n * ```\n */\n");
});
