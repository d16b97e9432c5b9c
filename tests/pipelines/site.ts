import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Emulator, tokens } from "../../emulator";
import { requireFresh } from "../../tools/fresh";
import { handedCli } from "../../tools/pulumi/cli-environment";
import { root } from "../../tools/root";
import { afterTest } from "../after-test";
import { openEmulator } from "../scene";
import { type Ended, type Program, startShell } from "./shell";

/** What pipelines work on: a repository with its recipes, an account, a backend, and machines that jobs run on. */
export interface Site {
  readonly emulator: Emulator;
  /** The folder with what was pushed last. */
  readonly repository: string;
  /** What a project's settings hold, by the names that the recipes use. */
  readonly vars: Record<string, string>;
  readonly secrets: Record<string, string>;
  /** Puts files into the repository, as a push does. */
  push(files: Record<string, string>): void;
  /** A machine of its own for a job: nothing of an earlier one is there. */
  machine(): Machine;
  /** Ends all that runs on machines at once, as if they were lost. */
  loseMachines(): void;
  /** The stacks in the backend. */
  stacks(): string[];
}

/** A machine that a job runs on. */
export interface Machine {
  /** Where the repository is checked out. */
  readonly folder: string;
  /** Copies the repository to that folder. */
  checkOut(): void;
  /** Runs a script in the folder, with variables beside those of the machine. */
  run(shell: readonly string[], script: string, env: Record<string, string>): Promise<Ended>;
}

/**
 * Opens a site that ends with the test. The recipes are folders of `examples/pipelines`, whose content the repository
 * gets; the programs are commands that the machines have beside those of this one.
 */
export async function openSite(recipes: readonly string[], programs: Record<string, Program> = {}): Promise<Site> {
  requireFresh();
  const cli = await handedCli();
  const { emulator, host, close } = await openEmulator({ pace: "fast" });
  const place = mkdtempSync(join(tmpdir(), "pulumi-gitpod-pipelines-"));
  const [repository, backend, bin] = ["repository", "backend", "bin"].map((name) => join(place, name)) as [
    string,
    string,
    string,
  ];
  for (const folder of [repository, backend, bin]) mkdirSync(folder);
  writePackage(join(place, "package"));
  for (const recipe of recipes)
    cpSync(join(root, "examples", "pipelines", recipe), join(repository, recipe === "ci" ? "ci" : ""), {
      recursive: true,
    });
  for (const [name, { script, env }] of Object.entries(programs)) {
    const settings = Object.entries(env).map(([key, value]) => `export ${key}='${value}'\n`);
    const command = `#!/bin/sh\n${settings.join("")}exec "${process.execPath}" "${script}" "$@"\n`;
    writeFileSync(join(bin, name), command, { mode: 0o755 });
  }
  const running = new Set<() => void>();
  const loseMachines = (): void => {
    for (const kill of running) kill();
  };
  afterTest(async () => {
    loseMachines();
    await close();
    rmSync(place, { recursive: true, force: true, maxRetries: 5 });
  });
  let machines = 0;
  const site: Site = {
    emulator,
    repository,
    vars: { PULUMI_BACKEND_URL: pathToFileURL(backend).href, GITPOD_BASE_URL: host },
    secrets: { PULUMI_CONFIG_PASSPHRASE: "correct horse", GITPOD_API_KEY: tokens.owner },
    push: (files) => write(repository, files),
    machine() {
      const home = join(place, `home-${machines}`);
      const folder = join(place, `job-${machines++}`);
      for (const each of [home, folder]) mkdirSync(each);
      const path = [bin, dirname(process.execPath), cli.env.PATH ?? process.env.PATH ?? ""].join(delimiter);
      const own = {
        ...cli.env,
        PATH: path,
        HOME: home,
        PULUMI_HOME: join(home, ".pulumi"),
        CI: "true",
        npm_config_audit: "false",
      };
      return {
        folder,
        checkOut: () => cpSync(repository, folder, { recursive: true }),
        async run(shell, script, env) {
          const { kill, ended } = startShell(shell, script, { cwd: folder, env: { ...own, ...env } });
          running.add(kill);
          return ended.finally(() => running.delete(kill));
        },
      };
    },
    loseMachines,
    stacks: () => stacksIn(join(backend, ".pulumi", "stacks")),
  };
  site.push({
    "package.json": JSON.stringify({ name: "infra", private: true, dependencies: { [ours]: "file:../package" } }),
    "package-lock.json": JSON.stringify(lockFile),
  });
  return site;
}

const ours = "pulumi-gitpod";

/** The package as it is built, which `npm ci` links without a network. */
function writePackage(folder: string): void {
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: ours, version: "0.1.0" }));
  symlinkSync(join(root, "dist"), join(folder, "dist"), "junction");
}

const lockFile = {
  name: "infra",
  lockfileVersion: 3,
  requires: true,
  packages: {
    "": { name: "infra", dependencies: { [ours]: "file:../package" } },
    "../package": { name: ours, version: "0.1.0" },
    [`node_modules/${ours}`]: { resolved: "../package", link: true },
  },
};

function write(folder: string, files: Record<string, string>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
}

/** A file backend keeps a folder for each project, with a file for each stack and its backups. */
function stacksIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return files.filter((file) => file.endsWith(".json")).map((file) => file.replace(/^.*[\\/]|\.json$/g, ""));
}
