import { importBreaches } from "../tools/rules/imports";
import { sourceFiles } from "../tools/rules/source-files";

test("every file imports only what its place allows", async () => {
  expect(importBreaches(await sourceFiles())).toEqual([]);
});
