import { posix } from "node:path";
import type { SourceFile } from "./source-files";

/** One line for each file that a checkout on Windows or macOS would lose, refuse or change. */
export function portableNameBreaches(files: readonly SourceFile[]): string[] {
  const paths = files.map(({ path }) => path);
  return [...paths.filter(isForbidden).map((path) => `${path}: Windows allows no such name`), ...sameButForCase(paths)];
}

/** One line for each import that finds its file only where case does not count. */
export function importCaseBreaches(files: readonly SourceFile[]): string[] {
  const names = new Map(files.map(({ path }) => [path.toLowerCase(), path]));
  return files
    .filter(({ path }) => /\.[cm]?[jt]s$/.test(path))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/(?:from|import|require)\b\s*\(?\s*"(\.[^"]*)"/g)].flatMap(([, target = ""]) => {
        const stem = posix.join(posix.dirname(path), target);
        const found = ["", ".ts", ".js", ".json", "/index.ts"].flatMap(
          (end) => names.get(`${stem}${end}`.toLowerCase())?.slice(0, stem.length) ?? [],
        );
        if (found.length === 0 || found.includes(stem)) return [];
        return [`${path} imports ${target}, and the file is called ${found[0]}`];
      }),
    );
}

/** One line for each text whose lines end otherwise than its system wants them: batch files as on Windows, all else as on Linux. */
export function lineEndBreaches(files: readonly SourceFile[]): string[] {
  const isBatch = (path: string): boolean => /\.(cmd|bat)$/i.test(path);
  const attributes = files.find(({ path }) => path === ".gitattributes")?.text ?? "";
  const rules = ["* text=auto eol=lf", "*.cmd text eol=crlf"].filter((rule) => !attributes.split("\n").includes(rule));
  return [
    ...rules.map((rule) => `.gitattributes lacks \`${rule}\`, so that Git on Windows changes line ends`),
    ...files.filter(({ path, text }) => !isBatch(path) && text.includes("\r\n")).map(({ path }) => `${path} has CRLF`),
    ...files.filter(({ path, text }) => isBatch(path) && /(?<!\r)\n/.test(text)).map(({ path }) => `${path} has LF`),
  ];
}

/** One line for each script that Git would not make executable, by the modes of its index. */
export function modeBreaches(files: readonly SourceFile[], modes: ReadonlyMap<string, string>): string[] {
  const scripts = files.filter(({ path, text }) => text.startsWith("#!") && !path.endsWith(".ts"));
  return scripts
    .filter(({ path }) => modes.get(path) === "100644")
    .map(({ path }) => `${path} is a script, and not executable: git update-index --chmod=+x ${path}`);
}

const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

const isForbidden = (path: string): boolean =>
  path.split("/").some((name) => /[<>:"|?*\\]|[ .]$/.test(name) || reserved.test(name)) || path.length > 180;

/** Names of files and folders that are one on a system where case does not count. */
function sameButForCase(paths: readonly string[]): string[] {
  const all = new Set(paths.flatMap((path) => path.split("/").map((_, i, steps) => steps.slice(0, i + 1).join("/"))));
  const first = new Map<string, string>();
  return [...all].sort().flatMap((path) => {
    const other = first.get(path.toLowerCase());
    first.set(path.toLowerCase(), other ?? path);
    return other === undefined ? [] : [`${other} and ${path} are one where case does not count`];
  });
}
