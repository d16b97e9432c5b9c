import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";

/** How a command ended and what it printed (empty where it printed straight to the terminal). */
export interface Run {
  code: number;
  stdout: string;
  stderr: string;
}

/** Where and how a command runs. Without `show` its output is gathered, with it the output goes to the terminal. */
export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  show?: boolean;
  signal?: AbortSignal;
  /** What it reads; nothing when left out. */
  input?: string;
}

/** Runs a command to its end. Rejects only if it cannot be started or is aborted. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const { show = false, input, ...rest } = options;
  return new Promise((resolve, reject) => {
    const spawnOptions: SpawnOptions = {
      ...rest,
      stdio: [input === undefined ? "ignore" : "pipe", show ? "inherit" : "pipe", show ? "inherit" : "pipe"],
    };
    const child = spawn(command, [...args], spawnOptions);
    let stdout = "";
    let stderr = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.stdin?.end(input);
    endsWithUs(child);
    child.once("error", reject);
    child.once("close", (code) => resolve({ code: code ?? 1, stdout, stderr }));
  });
}

/** Runs a script that an installed npm package brings, such as `typescript/bin/tsc`, under the Node.js that runs us. */
export function runScript(script: string, args: readonly string[], options?: RunOptions): Promise<Run> {
  return run(process.execPath, [script, ...args], options);
}

/** Ends a child when we are told to end, so that nothing of it outlives us. */
export function endsWithUs(child: ChildProcess): void {
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    child.once("close", () => process.exit(1));
  };
  process.on("SIGINT", end).on("SIGTERM", end);
  child.once("close", () => process.off("SIGINT", end).off("SIGTERM", end));
}
