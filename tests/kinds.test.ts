import { kindNames } from "../tools/rules/kind-names";
import { kindBreaches } from "../tools/rules/kinds";
import { sourceFiles } from "../tools/rules/source-files";

test("the core names no kind, no phase of one, and loads no descriptors of one", async () => {
  expect(kindBreaches(await sourceFiles(), kindNames())).toEqual([]);
});
