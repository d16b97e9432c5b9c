import { sizeBreaches, unlistedFolders } from "../../tools/rules/provider-files";
import { sourceFiles } from "../../tools/rules/source-files";

const ofLines = (name: string, lines: number) => ({ path: `provider/reading/${name}.ts`, text: "x\n".repeat(lines) });

test("no file of the provider has more than 250 lines, and half of them have 20 to 100", async () => {
  expect(sizeBreaches(await sourceFiles())).toEqual([]);
});

test("the architecture says what every folder of the provider holds", async () => {
  expect(unlistedFolders(await sourceFiles())).toEqual([]);
});

test("a file that is too long is named, and so is a provider of many tiny and long files", () => {
  expect(sizeBreaches([ofLines("a", 251), ofLines("b", 250), ofLines("c", 20), ofLines("d", 100)])).toEqual([
    "provider/reading/a.ts has 251 lines, more than 250: it holds two ideas",
  ]);
  expect(sizeBreaches([ofLines("a", 19), ofLines("b", 101), ofLines("c", 50)])).toEqual([
    "1 of 3 files in provider have 20 to 100 lines, less than half of them",
  ]);
});

test("a folder without a row, or with a row that says nothing, is named", () => {
  const table = "| `provider/reading` | lists |\n| `provider/check` |  | packages |\n";
  const files = ["reading/pages", "check/check", "lifecycle/recover/looks", "resources/automations-file/composed"].map(
    (name) => ({ path: `provider/${name}.ts`, text: "" }),
  );

  expect(unlistedFolders([{ path: "docs/architecture.md", text: table }, ...files])).toEqual([
    "docs/architecture.md does not say in its table of folders what provider/check holds",
    "docs/architecture.md does not say in its table of folders what provider/lifecycle/recover holds",
  ]);
});
