import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { root } from "../../tools/root";
import { type Run, runScript } from "../../tools/run";
import { afterTest } from "../after-test";

const { bin }: { bin: Record<string, string> } = require("../../package.json");

/** The file of a command of the package. */
export const fileOf = (name: string): string => join(root, bin[name] ?? "");

/** Makes a folder with these files, which goes with the test. */
export function folderWith(files: Record<string, string> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "command-"));
  afterTest(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** Runs the program in a folder with no other variables than these. */
export const run = (args: readonly string[], { cwd = folderWith(), env = {} }: Where = {}): Promise<Run> =>
  runScript(fileOf("pulumi-gitpod"), args, { cwd, env: { HOME: cwd, ...env } });

/** Where the program runs. */
export interface Where {
  readonly cwd?: string;
  readonly env?: Record<string, string>;
}

/** Returns a PATH on which `pulumi` is a shell script, and others are by their names. */
export const pathWith = (pulumi: string, others: Record<string, string> = {}): string =>
  scriptsIn(folderWith(), { pulumi, ...others });

/** Puts shell scripts into a folder, and returns it. */
export function scriptsIn(folder: string, scripts: Record<string, string>): string {
  for (const [name, script] of Object.entries(scripts))
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return folder;
}
