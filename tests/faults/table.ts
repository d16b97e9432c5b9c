import type { Verdict } from "./verdict";

/** A case by the row and the column of the table. */
export interface Entry extends Verdict {
  readonly kind: string;
  readonly column: string;
}

/** Returns what has become of all cases as a table, by kind and by fault. */
export function tableOf(entries: readonly Entry[]): string {
  const rows = [
    ...countBy(entries, ({ kind }) => kind),
    ["", "", "", "", "", ""],
    ...countBy(entries, ({ column }) => column),
    ["", "", "", "", "", ""],
    ...countBy(entries, () => "all"),
  ];
  const heads = ["", "cases", "converged", "refused", "orphans", "duplicates"];
  return [heads, ...rows]
    .map((row) => row.map((cell, i) => (i === 0 ? cell.padEnd(18) : cell.padStart(11))).join(""))
    .join("\n");
}

function countBy(entries: readonly Entry[], by: (entry: Entry) => string): string[][] {
  return [...new Set(entries.map(by))].map((name) => {
    const those = entries.filter((entry) => by(entry) === name);
    const counts = [
      those.length,
      those.filter(({ outcome }) => outcome === "converged").length,
      those.filter(({ outcome }) => outcome === "refused").length,
      those.reduce((sum, { orphans }) => sum + orphans, 0),
      those.reduce((sum, { duplicates }) => sum + duplicates, 0),
    ];
    return [name, ...counts.map(String)];
  });
}
