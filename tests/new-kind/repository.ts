import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { root } from "../../tools/root";
import { sourceFiles } from "../../tools/rules/source-files";
import { run } from "../../tools/run";

/** A copy of this repository, to be changed. */
export interface Repository {
  readonly folder: string;
  write(path: string, text: string): void;
  remove(): void;
}

/** Copies what git tracks or would add, with the installed packages in reach. */
export async function copyRepository(): Promise<Repository> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "pulumi-gitpod-new-kind-")));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const { path, text } of await sourceFiles()) write(path, text);
  linkPackages(folder);
  await run("git", ["init", "--quiet"], { cwd: folder });
  return { folder, write, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }) };
}

/** The package itself is that of the copy. */
function linkPackages(folder: string): void {
  const [from, to] = [join(root, "node_modules"), join(folder, "node_modules")];
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (["pulumi-gitpod", ".cache"].includes(entry.name)) continue;
    if (entry.isFile()) cpSync(join(from, entry.name), join(to, entry.name));
    else symlinkSync(join(from, entry.name), join(to, entry.name), "junction");
  }
  symlinkSync(folder, join(to, "pulumi-gitpod"), "junction");
}
