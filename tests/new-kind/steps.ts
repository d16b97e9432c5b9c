import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../tools/root";

/** What the page about adding a kind has its reader do: write a file, or run a command. */
export type Step =
  | { readonly does: "write"; readonly path: string; readonly text: string }
  | { readonly does: "run"; readonly command: string };

/**
 * Reads the steps of `docs/new-kind.md`: a block belongs to the path with `<kind>` that was named last, and each line of
 * a block of `sh` is a command.
 */
export function stepsOfPage(): Step[] {
  const text = readFileSync(join(root, "docs", "new-kind.md"), "utf8");
  const steps: Step[] = [];
  let path = "";
  for (const [, named, language, block = ""] of text.matchAll(/`([^`\s]+<kind>[^`\s]*)`|^```(\w+)\n(.*?)^```$/gms)) {
    if (named !== undefined) path = named;
    else if (language !== "sh") steps.push({ does: "write", path, text: block });
    else for (const command of block.trim().split("\n")) steps.push({ does: "run", command });
  }
  return steps;
}
