import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { root } from "../root";
import { sourcePaths } from "../rules/source-files";
import { run } from "../run";

/**
 * Makes a release a second time as another machine would: from a copy of the sources under another path, with
 * dependencies of its own, in another time zone and language, and with files that only their owner may read.
 */
export async function makeAgain(folder: string): Promise<void> {
  const parent = mkdtempSync(join(tmpdir(), "pulumi-gitpod-made-again-"));
  const copy = join(parent, "a copy");
  try {
    await copySources(copy);
    const env = { ...process.env, TZ: "Pacific/Kiritimati", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" };
    const umask = process.umask(0o077);
    const making = run("node", [join(copy, "tools", "start.js"), join("release", "make"), folder], { cwd: copy, env });
    process.umask(umask);
    const { code, stdout, stderr } = await making;
    if (code !== 0) throw new Error(`The second make failed:\n${(stdout + stderr).trim()}`);
  } finally {
    rmSync(parent, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Copies the sources, so that only the owner may read them. */
async function copySources(to: string): Promise<void> {
  for (const path of await sourcePaths()) {
    const [from, target] = [join(root, path), join(to, path)];
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, readFileSync(from), { mode: statSync(from).mode & 0o700 });
  }
}
