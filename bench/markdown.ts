import type { Result, Row, Table } from "./result";

/** Writes a table as Markdown, with columns as wide as they need. */
export function markdownOf(head: readonly string[], body: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(3, ...[title, ...body.map((row) => row[column] ?? "")].map(widthOf)),
  );
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, column) => (cells[column] ?? "") + " ".repeat(width - widthOf(cells[column] ?? ""))).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("\n");
}

/** Writes a table with what has to be known of it. */
export const sectionOf = ({ title, about, head, body, load }: Table): string =>
  `## ${title}\n\n${about}${busy(load)}\n\n${markdownOf(head, body)}\n`;

/** Writes the table of what must hold. */
export const rowsOf = (rows: readonly Row[]): string =>
  markdownOf(
    ["figure", "target", "measured: median (least–most)", "holds"],
    rows.map(({ figure, target, measured, holds }) => [figure, target, measured, holds ? "yes" : "**no**"]),
  );

/** Writes what one case has found. */
export const textOf = ({ tables = [], rows = [] }: Result): string =>
  [...tables.map(sectionOf), ...(rows.length > 0 ? [`${rowsOf(rows)}\n`] : [])].join("\n");

const busy = (load: number): string => ` Load of the machine (1 minute): ${load.toFixed(1)}.`;

const widthOf = (text: string): number => [...text].length;
