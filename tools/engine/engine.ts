import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { requireFresh } from "../fresh";
import type { Cli } from "../pulumi/cli";
import { handedCli } from "../pulumi/cli-environment";
import {
  type Diagnostic,
  diagnosticsOf,
  differencesOf,
  type Operation,
  operationsOf,
  readEvents,
  summaryOf,
} from "./events";
import { createFolder, type Project, writeProgram } from "./program";

/**
 * What is said about the stack that is wanted: a program, which is a folder whose files are copied (such as
 * `examples/service`) or the files themselves by their paths; the `node_modules` that it finds, by default the
 * repository's, with the built package in it; and the adapter that it runs on, by default the dynamic one.
 */
export interface EngineOptions extends Project {
  /** Environment variables of every command, and so of the program and its providers. */
  env?: Record<string, string>;
  /** Stack configuration by its full key, such as `gitpod:host`. */
  config?: Record<string, string | { secret: string }>;
  /** Whether the engine writes down what it did, for `EngineRun`; true when left out. */
  logs?: boolean;
}

/** How a command of the CLI ended, and what the engine did. */
export interface EngineRun {
  code: number;
  stdout: string;
  stderr: string;
  /** What happened to each resource of ours, by its name; the stack and the providers are left out. */
  operations: Record<string, Operation>;
  /** What the engine showed as different, by the name of the resource and the path of the property. */
  differences: Record<string, Record<string, string>>;
  /** The engine's own summary: how many resources each operation had, the stack among them. */
  summary: Record<string, number>;
  /** Errors, warnings and information shown to the user. */
  diagnostics: Diagnostic[];
  /** Everything the engine reported. */
  events: EngineEvent[];
}

/** A command that has been started and may be interrupted. */
export interface StartedCommand {
  child: ChildProcess;
  /** How it ended; never rejects for an exit code. */
  ended: Promise<EngineRun>;
}

/** A resource as the state holds it. */
export interface StateResource {
  urn: string;
  type: string;
  id?: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  initErrors?: string[];
  refreshBeforeUpdate?: boolean;
}

/** A stack's exported state. */
export interface State {
  deployment: { resources?: StateResource[]; pending_operations?: unknown[] };
}

/** A stack of its own on the real engine: temporary project folder, Pulumi home and file backend. */
export interface Engine {
  /** The project's folder. */
  folder: string;
  /** Environment variables of its commands, to be changed between two of them. */
  env: Record<string, string>;
  preview(...args: string[]): Promise<EngineRun>;
  up(...args: string[]): Promise<EngineRun>;
  refresh(...args: string[]): Promise<EngineRun>;
  destroy(...args: string[]): Promise<EngineRun>;
  /** Runs any command of the CLI. */
  run(...args: string[]): Promise<EngineRun>;
  /** Starts a command that the caller interrupts or kills. */
  start(...args: string[]): StartedCommand;
  /** Replaces files of the program. */
  write(files: Record<string, string>): void;
  /** Sets stack configuration by its full key. */
  configure(config: NonNullable<EngineOptions["config"]>): Promise<void>;
  /** The stack's outputs, secrets in clear. */
  outputs(): Promise<Record<string, unknown>>;
  /** The state as `pulumi stack export` gives it, secrets encrypted. */
  export(): Promise<State>;
  /** Ends what still runs and removes the folder. The stack's resources are left to the caller. */
  dispose(): Promise<void>;
}

const stack = "test";

/** Creates an empty stack for a program. Fails when the build is stale or there is no CLI. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  requireFresh();
  const cli = await handedCli();
  const { folder, home, backend } = createFolder();
  writeProgram(folder, options);
  const env = {
    ...cli.env,
    ...options.env,
    PULUMI_HOME: home,
    PULUMI_BACKEND_URL: pathToFileURL(backend).href,
    PULUMI_CONFIG_PASSPHRASE: "test",
    PULUMI_DEBUG_COMMANDS: "true",
  };
  const engine = engineIn(folder, cli, env, options);
  await succeed(engine.run("stack", "init", stack));
  if (options.adapter)
    appendFileSync(join(folder, `Pulumi.${stack}.yaml`), `config:\n  gitpod:adapter: ${options.adapter}\n`);
  if (options.config) await engine.configure(options.config);
  return engine;
}

function engineIn(
  folder: string,
  cli: Cli,
  env: Record<string, string>,
  { adapter, logs = true }: Pick<EngineOptions, "adapter" | "logs">,
): Engine {
  const running = new Set<StartedCommand>();
  let commands = 0;

  const start = (...args: string[]): StartedCommand => {
    const log = join(folder, "..", `events-${commands++}.jsonl`);
    const logging = logs && reports.has(args[0] ?? "") ? ["--event-log", log] : [];
    const child = spawn(cli.bin, [...args, "--non-interactive", "--color=never", ...logging], {
      cwd: folder,
      env: { ...neutralEnvironment(), ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const command = { child, ended: endOf(child, log) };
    running.add(command);
    command.ended.finally(() => running.delete(command)).catch(() => {});
    return command;
  };
  const run = (...args: string[]) => start(...args).ended;

  return {
    folder,
    env,
    run,
    start,
    preview: (...args) => run("preview", ...args),
    up: (...args) => run("up", "--yes", "--skip-preview", ...args),
    refresh: (...args) => run("refresh", "--yes", "--skip-preview", ...args),
    destroy: (...args) => run("destroy", "--yes", "--skip-preview", ...args),
    write: (files) => writeProgram(folder, { program: files, adapter }),
    configure: async (config) => {
      for (const [key, value] of Object.entries(config)) {
        const args = typeof value === "string" ? ["--plaintext", value] : ["--secret", value.secret];
        await succeed(run("config", "set", key, ...args));
      }
    },
    outputs: async () => JSON.parse((await succeed(run("stack", "output", "--json", "--show-secrets"))).stdout),
    export: async () => JSON.parse((await succeed(run("stack", "export"))).stdout),
    dispose: async () => {
      for (const { child } of running) child.kill("SIGKILL");
      await Promise.all([...running].map(({ ended }) => ended));
      rmSync(join(folder, ".."), { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** What the machine sets, without what a developer has set for Pulumi, for Gitpod or for another test. */
function neutralEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^((PULUMI|GITPOD|ONA)_|NODE_ENV$|JEST_)/.test(name));
  return Object.fromEntries(own);
}

/** The commands that take an event log. */
const reports = new Set(["preview", "up", "refresh", "destroy"]);

function endOf(child: ChildProcess, log: string): Promise<EngineRun> {
  return new Promise((resolve, reject) => {
    let stdout = "";
    let stderr = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.once("error", reject);
    child.once("close", (code) => {
      const events = existsSync(log) ? readEvents(readFileSync(log, "utf8")) : [];
      resolve({
        code: code ?? 1,
        stdout,
        stderr,
        operations: operationsOf(events),
        differences: differencesOf(events),
        summary: summaryOf(events),
        diagnostics: diagnosticsOf(events),
        events,
      });
    });
  });
}

async function succeed(ran: Promise<EngineRun>): Promise<EngineRun> {
  const done = await ran;
  if (done.code !== 0) throw new Error(`Pulumi failed: ${done.stderr || done.stdout}`);
  return done;
}
