import type { SourceFile } from "./source-files";

/** What is true on one machine only: somebody's home or work folder, or a package registry that is not the public one. */
const patterns = [
  /(?<![\w.~/-])\/(?:root|work)\/[\w.-]+/g,
  /(?<![\w.~/-])\/(?:Users|home)\/(?!gitpod\b|vscode\b)[\w.-]+/g,
  /\b[A-Z]:\\\\?Users\\\\?\w+/g,
  /"resolved": "https?:\/\/(?!registry\.npmjs\.org\/)[^"${]+"/g,
];

/** One line for each path or address that exists on one machine only. */
export function machinePathBreaches(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, text }) =>
    patterns
      .flatMap((pattern) => text.match(pattern) ?? [])
      .map((found) => `${path} holds ${found}, which exists on one machine only`),
  );
}
