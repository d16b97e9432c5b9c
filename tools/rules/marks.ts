import type { SourceFile } from "./source-files";

/** What a mark says of the assumption that it is about. */
interface Named {
  readonly id: string;
  readonly said: readonly string[];
}

/**
 * One line for each place that marks a choice and names no assumption by its id that says this file, and for each
 * assumption that says a file which does not exist, or the emulator's document without a row there.
 */
export function markBreaches(files: readonly SourceFile[], assumptions: readonly Named[]): string[] {
  const places = files.flatMap(marksIn);
  const unnamed = places
    .filter(({ path, text }) => !assumptions.some(({ id, said }) => said.includes(path) && text.includes(`\`${id}\``)))
    .map(({ path, text }) => `${path} marks a choice without an assumption that says this file: ${shortened(text)}`);
  const rows = places.filter(({ path }) => path === document).map(({ text }) => text);
  const unsaid = assumptions.flatMap(({ id, said }) => [
    ...said
      .filter((path) => !files.some((file) => file.path === path))
      .map((path) => `${id} says ${path}: no such file`),
    ...(said.includes(document) && !rows.some((row) => row.includes(`\`${id}\``))
      ? [`${id} says ${document}, which names it in no row`]
      : []),
  ]);
  return [...unnamed, ...unsaid];
}

const document = "docs/emulator.md";

function marksIn({ path, text }: SourceFile): { readonly path: string; readonly text: string }[] {
  if (path === document) return rowsIn(text).map((row) => ({ path, text: row }));
  if (!/^((emulator|provider|sdk|adopt|command|terraform)\/.*\.ts|examples\/.*\.(ts|ya?ml))$/.test(path)) return [];
  return commentsIn(text)
    .filter((comment) => mark.test(comment) || (path.startsWith("emulator/") && emulatorMark.test(comment)))
    .map((comment) => ({ path, text: comment }));
}

const mark = /\(\?\)|had to choose|this assumes|facts (are|only)\b/i;
const emulatorMark = /emulator chose|choice of the emulator|is not known\b(?! yet)|chosen by the emulator/i;

/** The rows of the table of what had to be chosen. */
const rowsIn = (text: string): string[] =>
  (/\n## What it had to choose\n([\s\S]*?)(\n## |$)/.exec(text)?.[1] ?? "")
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .slice(2);

/** Comments of TypeScript and YAML as people read them: lines that follow each other are one. */
function commentsIn(text: string): string[] {
  const found = text.matchAll(/\/\*\*?[\s\S]*?\*\/|^[ \t]*(\/\/|#).*(?:\n[ \t]*\1.*)*/gm);
  return [...found].map(([comment]) => comment.replaceAll(/\s*\n\s*(\*|\/\/|#)?\s*/g, " "));
}

const shortened = (text: string): string => (text.length > 120 ? `${text.slice(0, 120)}…` : text);
