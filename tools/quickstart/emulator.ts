import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../root";

/** The emulator's process and how it is reached. */
export interface Emulator {
  url: string;
  token: string;
  stop(): Promise<void>;
}

const startMilliseconds = 20_000;
const stopMilliseconds = 5_000;

/**
 * Starts the emulator's command with its world in a folder. It ends when we do, however we end. It takes the port that
 * it had before where that is free, so that the URLs of what it serves stay the same.
 */
export async function startEmulator(folder: string): Promise<Emulator> {
  const file = join(folder, "port");
  const before = existsSync(file) ? readFileSync(file, "utf8") : "0";
  const emulator = await start(folder, before).catch(() => start(folder, "0"));
  writeFileSync(file, new URL(emulator.url).port);
  return emulator;
}

async function start(folder: string, port: string): Promise<Emulator> {
  const guard = join(__dirname, "end-with-parent.js");
  const main = join(root, "dist", "command", "main.js");
  const child = spawn(
    process.execPath,
    ["--require", guard, main, "emulator", "--port", port, "--state", join(folder, "world.json")],
    {
      stdio: ["pipe", "pipe", "pipe"],
      // In a process group of its own a Ctrl-C in the terminal leaves it to Pulumi, which still needs it to end well.
      detached: process.platform !== "win32",
      windowsHide: true,
    },
  );
  return { ...(await address(child)), stop: () => stop(child) };
}

/** Reads the URL and the token from the lines for a shell that the emulator prints when it listens. */
function address(child: ChildProcess): Promise<{ url: string; token: string }> {
  return new Promise((resolve, reject) => {
    let said = "";
    const fail = (why: string) => {
      child.kill("SIGKILL");
      reject(new Error(`The emulator ${why}.\n${said.trim()}`));
    };
    const late = setTimeout(() => fail(`did not listen within ${startMilliseconds / 1000} seconds`), startMilliseconds);
    const hear = (text: string) => {
      said += text;
      const url = /GITPOD_BASE_URL=(\S+)\n/.exec(said)?.[1];
      const token = /GITPOD_API_KEY=(\S+)\n/.exec(said)?.[1];
      if (!url || !token) return;
      clearTimeout(late);
      resolve({ url, token });
    };
    child.stdout?.setEncoding("utf8").on("data", hear);
    child.stderr?.setEncoding("utf8").on("data", hear);
    child.once("error", (error) => fail(`cannot be started: ${error.message}`));
    child.once("exit", (code) => {
      clearTimeout(late);
      fail(`ended with exit code ${code}`);
    });
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  const late = setTimeout(() => child.kill("SIGKILL"), stopMilliseconds);
  child.stdin?.end();
  await exit;
  clearTimeout(late);
}
