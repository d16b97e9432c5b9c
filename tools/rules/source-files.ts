import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../root";
import { run } from "../run";

/** A text file of the repository. */
export interface SourceFile {
  /** Its path from the repository's root, with `/`. */
  path: string;
  text: string;
}

/** Every text file that git tracks or would add. */
export async function sourceFiles(): Promise<SourceFile[]> {
  return (await sourcePaths()).flatMap(read);
}

/** The path of every file that git tracks or would add. */
export async function sourcePaths(): Promise<string[]> {
  const { code, stdout, stderr } = await run("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
  });
  if (code !== 0) throw new Error(`git could not list the repository's files: ${stderr.trim()}`);
  return [...new Set(stdout.split("\n"))].filter((path) => path !== "" && existsSync(join(root, path)));
}

/** The mode of each file in Git's index, such as `100755`, by its path. */
export async function sourceModes(): Promise<ReadonlyMap<string, string>> {
  const { stdout } = await run("git", ["ls-files", "--stage"], { cwd: root });
  return new Map([...stdout.matchAll(/^(\d+) \w+ \d\t(.*)$/gm)].map(([, mode = "", path = ""]) => [path, mode]));
}

/** Nothing for what is not text. */
function read(path: string): SourceFile[] {
  try {
    const text = readFileSync(join(root, path), "utf8");
    return text.includes("\0") ? [] : [{ path, text }];
  } catch {
    return [];
  }
}
