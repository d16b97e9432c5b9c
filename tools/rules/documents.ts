import { posix } from "node:path";
import type { SourceFile } from "./source-files";

/** One line for each command, path, link or function in the documents that does not exist. */
export function documentBreaches(files: readonly SourceFile[], scripts: readonly string[]): string[] {
  const paths = new Set(files.flatMap(({ path }) => [path, ...foldersOf(path)]));
  const documents = files.filter(({ path }) => /^([A-Z]+\.md|docs\/.*\.md)$/.test(path));
  return documents.flatMap(({ path, text }) => [
    ...commandsIn(text)
      .filter((script) => !scripts.includes(script))
      .map((script) => `${path} names \`npm run ${script}\`, and package.json has no such script`),
    ...pathsIn(text)
      .filter((named) => !paths.has(named))
      .map((named) => `${path} names \`${named}\`, and there is no such path`),
    ...endsIn(text)
      .filter((end) => !files.some(({ path }) => path === end || path.endsWith(`/${end}`)))
      .map((end) => `${path} names \`${end}\`, and no path ends so`),
    ...functionsIn(text)
      .filter(([file, name]) => !files.some((each) => each.path === file && exportsIn(each).includes(name)))
      .map(([file, name]) => `${path} says that \`${file}\` has \`${name}\`, and it exports nothing of that name`),
    ...linksIn(path, text)
      .filter((linked) => !paths.has(linked))
      .map((linked) => `${path} links to ${linked}, and there is no such path`),
  ]);
}

/** The folders of the repository whose paths documents and workflows name, as a pattern. */
export const namedFolders =
  "proto|provider|sdk|emulator|terraform|adopt|probe|command|examples|tests|tools|bench|docs|\\.ci";

/** Every folder that a path is in. */
export function foldersOf(path: string): string[] {
  const folder = posix.dirname(path);
  return folder === "." ? [] : [folder, ...foldersOf(folder)];
}

function commandsIn(text: string): string[] {
  return matches(text, /\bnpm run ([\w:-]+)/g);
}

/** Code spans that are the end of a path, such as `mapping/diff.ts`. */
function endsIn(text: string): string[] {
  return matches(text, /`([\w./-]*\w\.ts)`/g);
}

/** Code spans that start with a folder of the repository; those with a placeholder name no single path. */
function pathsIn(text: string): string[] {
  return matches(text, new RegExp(`\`((?:${namedFolders})/[^\`\\s*<>{}…:]*)\``, "g")).map((path) =>
    path.replace(/\/$/, ""),
  );
}

/** Rows of a table in which a file stands beside one of its functions. */
function functionsIn(text: string): [file: string, name: string][] {
  return [...text.matchAll(/\| `([\w./-]+\.ts)` *\| `(\w+)` *\|/g)].map(([, file = "", name = ""]) => [file, name]);
}

function exportsIn({ text }: SourceFile): string[] {
  return matches(text, /^export (?:async )?(?:const|function\*?) (\w+)/gm);
}

function linksIn(document: string, text: string): string[] {
  return matches(text, /\]\(([^)\s]+)\)/g)
    .filter((link) => !/^([a-z]+:|#)/.test(link))
    .map((link) => posix.join(posix.dirname(document), link.replace(/#.*/, "")).replace(/\/$/, ""));
}

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].flatMap((match) => match[1] ?? []);
}
