import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { handedCli } from "../../tools/pulumi/cli-environment";
import { root } from "../../tools/root";
import { type Run, run as runCommand } from "../../tools/run";
import { fileOf, folderWith, run, scriptsIn } from "../command/command";
import type { Account } from "./account";

/** A folder in which a person works on an account. */
export interface Shell {
  readonly folder: string;
  /** Runs `pulumi-gitpod adopt`. */
  adopt(args?: readonly string[], env?: Record<string, string>): Promise<Run>;
  /** Runs commands in a folder below, until one fails. */
  run(folder: string, commands: string): Promise<Run>;
  /** The files of a folder below, with their texts. */
  filesIn(folder: string): Record<string, string>;
}

/** Opens a shell in which npm and npx bring what this repository has, and stacks are kept in a folder. */
export async function openShell({ env: account }: Account): Promise<Shell> {
  const folder = folderWith();
  const { env: pulumi } = await handedCli();
  const programs = scriptsIn(folderWith(), {
    npm: `ln -s ${join(root, "node_modules")} node_modules`,
    npx: `shift; exec ${process.execPath} ${fileOf("pulumi-gitpod")} "$@"`,
  });
  const state = folderWith();
  for (const name of ["home", "backend"]) mkdirSync(join(state, name));
  const env = {
    ...pulumi,
    ...account,
    PATH: [programs, pulumi.PATH ?? process.env.PATH].join(delimiter),
    PULUMI_HOME: join(state, "home"),
    PULUMI_BACKEND_URL: pathToFileURL(join(state, "backend")).href,
    PULUMI_CONFIG_PASSPHRASE: "test",
    NO_COLOR: "1",
  };
  return {
    folder,
    adopt: (args = [], more = {}) => run(["adopt", ...args], { cwd: folder, env: { ...env, ...more } }),
    run: (below, commands) =>
      runCommand("/bin/sh", ["-ec", commands], { cwd: join(folder, below), env: { ...env, HOME: folder } }),
    filesIn: (below) =>
      Object.fromEntries(
        readdirSync(join(folder, below), { withFileTypes: true })
          .filter((file) => file.isFile())
          .map(({ name }) => [name, readFileSync(join(folder, below, name), "utf8")]),
      ),
  };
}
