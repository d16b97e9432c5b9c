import { moduleStateBreaches } from "../../tools/rules/module-state";
import { sourceFiles } from "../../tools/rules/source-files";

test("no module of the provider's core keeps what belongs to a run", async () => {
  expect(moduleStateBreaches(await sourceFiles())).toEqual([]);
});

test.each([
  ["a set that is filled", "export const named = new Set<string>();", "named"],
  ["a map by the client", "const lanes = new WeakMap<Client, Lane>();", "lanes"],
  ["a list that is filled", "const waiting: string[] = [];", "waiting"],
  ["what is set anew", "let engine: Client | undefined;", "engine"],
])("%s is found", (_what, text, name) => {
  expect(moduleStateBreaches([{ path: "provider/reading/a.ts", text }])).toEqual([
    expect.stringContaining(`provider/reading/a.ts keeps ${name} in the module`),
  ]);
});

test.each([
  ["a table", "provider/reading/a.ts", 'const final = new Set(["DELETED"]);'],
  ["what a function makes", "provider/reading/a.ts", "export const create = () => ({ named: new Set<string>() });"],
  ["what an adapter knows of its process", "provider/dynamic/a.ts", "let isGentle = false;"],
])("%s is left alone", (_what, path, text) => {
  expect(moduleStateBreaches([{ path, text }])).toEqual([]);
});
