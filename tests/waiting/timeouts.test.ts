import { readFileSync } from "node:fs";
import { join } from "node:path";
import { durationSeconds } from "../../provider/check/duration";
import { type Definition, timeoutsOf } from "../../provider/model/definition";
import { kindName } from "../../provider/model/module";
import * as resources from "../../provider/resources";

const readme = readFileSync(join(__dirname, "../../README.md"), "utf8");
const section = readme.split("\n## Timeouts\n")[1]?.split("\n## ")[0] ?? "";

/** The rows of the table: the kinds of each, and the seconds for create, update and delete. */
const rows = section
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .flatMap((line) => {
    const [kinds = "", ...times] = line.split("|").slice(1, -1);
    const [create, update, remove] = times.map((time) => durationSeconds(time.trim()));
    return [...kinds.matchAll(/`([\w.]+)`/g)].map(([, kind]) => ({ kind, create, update, delete: remove }));
  });

test("the table of timeouts in the README is that of the definitions", () => {
  const defined = Object.values<Definition>(resources).map((definition) => ({
    kind: kindName(definition).replace(":", "."),
    ...timeoutsOf(definition),
  }));
  const byKind = (a: { kind?: string | undefined }, b: { kind?: string | undefined }): number =>
    (a.kind ?? "").localeCompare(b.kind ?? "");

  expect(rows.sort(byKind)).toEqual(defined.sort(byKind));
});
