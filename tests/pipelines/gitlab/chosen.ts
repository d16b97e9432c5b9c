import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../../../tools/root";
import { afterTest } from "../../after-test";
import type { Values } from "./pipeline";

/** A job that an event has, and whether it waits for somebody. */
export interface Chosen {
  readonly name: string;
  readonly when: string;
}

/**
 * Asks gitlab-ci-local, which checks the files against GitLab's own schema, for the jobs of an event. It does not ask
 * the rules of the workflow.
 *
 * @throws Error what the schema refuses.
 */
export function chosenFor(recipe: string, event: Values): Chosen[] {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-gitpod-gitlab-"));
  afterTest(() => rmSync(folder, { recursive: true, force: true }));
  const [repository, home] = [join(folder, "repository"), join(folder, "home")];
  cpSync(recipe, repository, { recursive: true });
  // It finds included files among those that Git knows.
  for (const args of [
    ["init", "--quiet"],
    ["add", "--all"],
  ])
    spawnSync("git", args, { cwd: repository });
  const program = join(root, "node_modules", "gitlab-ci-local", "dist", "index.js");
  const variables = Object.entries(event).flatMap(([name, value]) => ["--variable", `${name}=${value}`]);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [program, "--list-csv", "--home", home, ...variables],
    {
      cwd: repository,
      encoding: "utf8",
    },
  );
  if (status !== 0) throw new Error(stderr);
  const [, ...lines] = stdout.split("\n").filter((line) => line.includes(";"));
  return lines.map((line) => {
    const [name = "", , when = ""] = line.split(";");
    return { name, when };
  });
}
