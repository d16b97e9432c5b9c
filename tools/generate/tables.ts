import type { Definition } from "../../provider/model/definition";
import type { GeneratedFile } from "./file";
import type { Kind } from "./kinds";
import { table, withTexts } from "./table";
import { timeoutsOf } from "./words";

/** Writes the tables of all kinds into the documents. */
export function tables(kinds: readonly Kind[]): GeneratedFile[] {
  return [withTexts("README.md", { timeouts: timeouts(kinds) })];
}

/** One row for all kinds with the same timeouts. */
function timeouts(kinds: readonly Kind[]): string {
  const rows = new Map<string, Kind[]>();
  for (const kind of kinds) {
    const key = wordsOf(kind.definition).join();
    rows.set(key, [...(rows.get(key) ?? []), kind]);
  }
  return table([
    ["kind", "create", "update", "delete"],
    ...[...rows.values()].map((same) => [
      same.map(({ definition }) => `\`${definition.kind}\``).join(", "),
      ...wordsOf(same[0]!.definition),
    ]),
  ]);
}

const wordsOf = (definition: Definition): string[] => Object.values(timeoutsOf(definition));
