import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../root";
import type { GeneratedFile } from "./file";

/** Returns a document with new texts between its markers, `<!-- generated: NAME -->` and `<!-- end -->`. */
export function withTexts(path: string, texts: Readonly<Record<string, string>>): GeneratedFile {
  const document = readFileSync(join(root, path), "utf8");
  const text = Object.entries(texts).reduce((whole, [name, part]) => {
    const start = `<!-- generated: ${name} -->\n`;
    const [before, rest] = split(path, whole, start);
    const [, after] = split(path, rest, "<!-- end -->\n");
    return `${before}${start}\n${part}\n<!-- end -->\n${after}`;
  }, document);
  return { path, text };
}

/** Returns the rows of a table, the first of which names the columns. */
export function table([head = [], ...rows]: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

function split(path: string, text: string, at: string): [before: string, after: string] {
  const i = text.indexOf(at);
  if (i < 0) throw new Error(`${path} lacks the line ${at.trim()}`);
  return [text.slice(0, i), text.slice(i + at.length)];
}
