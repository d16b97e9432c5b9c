import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../tools/root";

/** The code blocks of a page in `docs` that are in a language, in their order. */
export function blocksOf(page: string, language: string): string[] {
  const text = readFileSync(join(root, "docs", page), "utf8");
  const block = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms");
  return [...text.matchAll(block)].flatMap(([, code]) => code ?? []);
}

/** The only block of a page that is in a language. */
export function blockOf(page: string, language: string): string {
  const [block, ...others] = blocksOf(page, language);
  if (block === undefined || others.length > 0) throw new Error(`${page} has not one block in ${language}`);
  return block;
}
