import { spawn } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Cli, Log } from "../pulumi/cli";
import { root } from "../root";
import { type RunOptions, run } from "../run";
import { filesUnder } from "../sources";

/** The quickstart's stack. */
export interface Stack {
  /** Runs a command of the CLI on the stack, in the terminal. Gives its exit code. */
  run(...args: string[]): Promise<number>;
}

/** Opens the stack in a file backend of its own, creates it the first time, and frees it where a killed run left it. */
export async function openStack(
  cli: Cli,
  folder: string,
  emulator: { url: string; token: string } | undefined,
  log: Log,
): Promise<Stack> {
  const name = emulator ? "dev" : "real";
  const state = join(folder, "state");
  mkdirSync(state, { recursive: true });
  const env = {
    ...process.env,
    ...cli.env,
    PULUMI_HOME: join(folder, "home"),
    PULUMI_BACKEND_URL: pathToFileURL(state).href,
    PULUMI_CONFIG_PASSPHRASE: process.env.PULUMI_CONFIG_PASSPHRASE ?? "quickstart",
    ...(emulator && {
      PULUMI_CONFIG_PASSPHRASE: "quickstart",
      GITPOD_API_KEY: emulator.token,
      GITPOD_BASE_URL: emulator.url,
    }),
  };
  const quiet: RunOptions = { cwd: root, env };
  await expect(cli.bin, ["stack", "select", "--create", name, "--non-interactive"], quiet);
  if (isLeftLocked(state)) {
    log("The last run was killed before it could release its stack: releasing it (pulumi cancel)");
    await expect(cli.bin, ["cancel", "--yes", "--stack", name], quiet);
    if (emulator) await expect(cli.bin, ["refresh", "--yes", "--stack", name, "--clear-pending-creates"], quiet);
  }
  return { run: (...args) => runInTerminal(cli.bin, [...args, ...suited(args[0], name)], env) };
}

/** Says whether the stack is locked by a process that is gone. */
function isLeftLocked(state: string): boolean {
  const locks = filesUnder(state, ".pulumi/locks").filter((file) => file.endsWith(".json"));
  const holder = locks.map((file) => readHolder(join(state, file))).find(isAlive);
  if (holder) throw new Error(`Another quickstart is at work on this stack (process ${holder.pid}): let it finish.`);
  return locks.length > 0;
}

interface Holder {
  pid: number;
  hostname: string;
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

function isAlive(holder: Holder | undefined): boolean {
  if (!holder || holder.hostname !== hostname()) return false;
  try {
    process.kill(holder.pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function expect(bin: string, args: string[], options: RunOptions): Promise<void> {
  const { code, stdout, stderr } = await run(bin, args, options);
  if (code !== 0) throw new Error(`pulumi ${args.slice(0, 2).join(" ")} failed: ${(stderr || stdout).trim()}`);
}

/** A Ctrl-C goes from the terminal to Pulumi, which ends what it has begun; we wait for it. */
function runInTerminal(bin: string, args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(bin, args, { cwd: root, env, stdio: "inherit" });
    const wait = () => {};
    const end = () => child.kill("SIGINT");
    process.on("SIGINT", wait).on("SIGTERM", end);
    child.once("error", reject);
    child.once("close", (code) => {
      process.off("SIGINT", wait).off("SIGTERM", end);
      resolve(code ?? 1);
    });
  });
}

/** What a command that changes or compares the stack is told besides: which one, and to leave out a local file's URL. */
function suited(order: string | undefined, name: string): string[] {
  const takesIt = ["up", "preview", "refresh", "destroy"].includes(order ?? "");
  return takesIt ? ["--stack", name, "--suppress-permalink=true"] : [];
}
