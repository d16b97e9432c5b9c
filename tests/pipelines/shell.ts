import { spawn } from "node:child_process";

/** A command of a machine that a script of Node.js stands in for, and what that is told. */
export interface Program {
  readonly script: string;
  readonly env: Record<string, string>;
}

/** How a script ended on a machine. */
export interface Ended {
  readonly code: number;
  /** All that it printed, in order. */
  readonly output: string;
  /** Whether the machine was lost while it ran. */
  readonly isLost: boolean;
}

/** Starts a script in a shell that may be killed with all that it has started. */
export function startShell(
  [shell = "sh", ...options]: readonly string[],
  script: string,
  place: { readonly cwd: string; readonly env: Record<string, string> },
): { kill(): void; readonly ended: Promise<Ended> } {
  // A group of its own is what a lost machine takes with it.
  const child = spawn(shell, [...options, "-c", script], {
    ...place,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code: code ?? 1, output, isLost: signal === "SIGKILL" }));
  });
  return {
    kill() {
      if (child.pid === undefined || child.exitCode !== null) return;
      process.kill(process.platform === "win32" ? child.pid : -child.pid, "SIGKILL");
    },
    ended,
  };
}
