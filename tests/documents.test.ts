import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../tools/root";
import { documentBreaches } from "../tools/rules/documents";
import { sourceFiles } from "../tools/rules/source-files";

test("documents name only commands and paths that exist", async () => {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

  expect(documentBreaches(await sourceFiles(), Object.keys(scripts))).toEqual([]);
});
