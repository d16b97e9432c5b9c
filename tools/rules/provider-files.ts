import { posix } from "node:path";
import type { SourceFile } from "./source-files";

/** The most lines that a file of the provider may have. */
const most = 250;

/** The lines of a file that is read at a glance and is worth its name; half of the provider's files have so many. */
const handy = { from: 20, to: 100 };

/** One line for each file of the provider that is too long, and one where too few of them are of a handy size. */
export function sizeBreaches(files: readonly SourceFile[]): string[] {
  const sizes = codeOf(files).map(({ path, text }) => ({ path, lines: text.trimEnd().split("\n").length }));
  const long = sizes.filter(({ lines }) => lines > most);
  const inRange = sizes.filter(({ lines }) => lines >= handy.from && lines <= handy.to);
  return [
    ...long.map(({ path, lines }) => `${path} has ${lines} lines, more than ${most}: it holds two ideas`),
    ...(inRange.length * 2 < sizes.length
      ? [
          `${inRange.length} of ${sizes.length} files in provider have ${handy.from} to ${handy.to} lines, less than half of them`,
        ]
      : []),
  ];
}

/** One line for each folder of the provider that the table of the architecture gives no job. */
export function unlistedFolders(files: readonly SourceFile[]): string[] {
  const architecture = files.find(({ path }) => path === "docs/architecture.md")?.text ?? "";
  const listed = [...architecture.matchAll(/^\| `([\w/-]+)` *\| *[^ |]/gm)].map(([, folder]) => folder);
  const folders = [...new Set(codeOf(files).map(({ path }) => posix.dirname(path)))].filter(
    // Each holds what one kind alone has, or the kinds of one module, and is named for it.
    (folder) => !folder.startsWith("provider/resources/"),
  );
  return folders
    .filter((folder) => !listed.includes(folder))
    .map((folder) => `docs/architecture.md does not say in its table of folders what ${folder} holds`);
}

const codeOf = (files: readonly SourceFile[]): SourceFile[] =>
  files.filter(({ path }) => path.startsWith("provider/") && path.endsWith(".ts"));
