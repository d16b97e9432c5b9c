import { importBreaches, importCircles } from "../tools/rules/imports";
import { sourceFiles } from "../tools/rules/source-files";

test("every file imports only what its place allows", async () => {
  expect(importBreaches(await sourceFiles())).toEqual([]);
});

test("no files of the provider, the classes, the commands and the emulator import each other in a circle", async () => {
  expect(importCircles(await sourceFiles())).toEqual([]);
});
