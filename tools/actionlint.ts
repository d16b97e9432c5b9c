import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "./pulumi/cache-folder";
import type { Log } from "./pulumi/cli";
import { fileName, findExecutable } from "./pulumi/executable";
import { goBuild } from "./pulumi/go-build";
import { makeOnce } from "./pulumi/make-once";
import { root } from "./root";
import { run } from "./run";

const source = join(__dirname, "actionlint");

/** Returns what actionlint says against workflows, one line each. Their paths are from the repository's root. */
export async function actionlint(paths: readonly string[], log: Log = console.log): Promise<string[]> {
  if (paths.length === 0) return [];
  // The two programs that it would run as well are there on some machines only.
  const args = ["-oneline", "-no-color", "-shellcheck=", "-pyflakes=", ...paths];
  const { code, stdout, stderr } = await run(await executable(log), args, { cwd: root });
  if (code > 1) throw new Error(`actionlint failed: ${(stdout + stderr).trim()}`);
  return stdout.split("\n").filter((line) => line !== "");
}

/** Returns the program, built from its pinned Go module; kept in the user's cache. */
async function executable(log: Log): Promise<string> {
  const folder = join(cacheFolder(), `actionlint-${digest()}-${process.platform}-${process.arch}`);
  const program = fileName("actionlint");
  await makeOnce(folder, (unfinished) => build(join(unfinished, program), log), log);
  return join(folder, program);
}

async function build(program: string, log: Log): Promise<void> {
  if (!findExecutable("go"))
    throw new Error("Workflows are checked by actionlint, which Go builds once: install Go 1.25.11 or newer.");
  log("Building actionlint, about ten seconds, once …");
  const title = "actionlint";
  await goBuild({ title, folder: source, package: "github.com/rhysd/actionlint/cmd/actionlint" }, program, log);
}

/** Names everything that decides what is built. */
function digest(): string {
  const hash = createHash("sha256");
  for (const file of ["go.mod", "go.sum"]) hash.update(readFileSync(join(source, file)));
  return hash.digest("hex").slice(0, 12);
}
