import type { SourceFile } from "./source-files";

/** What runs on one kind of system only, and what does on all. */
const patterns: readonly [found: RegExp, instead: string][] = [
  [/\bfile:\/\/\$\{/g, "a file's URL is pathToFileURL(path).href"],
  [
    /\$\{\w*(?:folder|root|home|__dirname|cwd\(\))\}\/|\b\w*(?:folder|__dirname|cwd\(\)) \+ "\//gi,
    "a path is join(a, b)",
  ],
  [/\b(?:file|folder|filename|__dirname|__filename|cwd\(\))\.split\("\/"\)/g, "a path is split by `sep`"],
  [/\b(?:import\.meta\.url|pathToFileURL\([^)]*\))\)?\.pathname/g, "the path of a file's URL is fileURLToPath(url)"],
  [
    /\b(?:spawn|spawnSync|execFile|execFileSync|run)\(\s*"(?:npm|npx|yarn|pnpm|corepack)"(?![^;]*\bshell:)/g,
    "on Windows npm is a script for a shell: tools/npm.ts runs it",
  ],
  [/"SIG(?:HUP|USR1|USR2|QUIT|CHLD|STOP|CONT|TSTP|ALRM)"/g, "Windows has no such signal"],
  [/\bprocess\.kill\(\s*(?:-|0\b)/g, "Windows has no groups of processes"],
  [
    /["'`](?:\/var)?\/tmp(?=["'`/])|["'`]\/dev\/null(?=["'`])/g,
    "Windows has no such path: tmpdir(), or a stdio of ignore",
  ],
  [/(?:join|writeFileSync|mkdirSync)\([^;\n]*toISOString\(\)/g, "no file name on Windows has a colon"],
];

/** One line for each place in our code that would fail on Windows or macOS. */
export function portableCodeBreaches(files: readonly SourceFile[]): string[] {
  return files.filter(isOurs).flatMap(({ path, text }) =>
    patterns.flatMap(([pattern, instead]) =>
      [...text.matchAll(pattern)].map(({ 0: found, index }) => {
        const line = text.slice(0, index).split("\n").length;
        return `${path}:${line} has ${found.replaceAll(/\s+/g, " ")}: ${instead}`;
      }),
    ),
  );
}

/** Code that runs on this machine, not the commands that a program sends to an environment, which has Linux. */
const isOurs = ({ path }: SourceFile): boolean => /\.[cm]?[jt]s$/.test(path) && !/^(examples|proto\/gen)\//.test(path);
