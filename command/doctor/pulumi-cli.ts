import { execFile } from "node:child_process";

/** Returns what the Pulumi CLI prints; undefined where there is none, where it fails, or where it takes too long. */
export function ask(folder: string, ...args: readonly string[]): Promise<string | undefined> {
  const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
  return new Promise((resolve) => {
    const options = { cwd: folder, env, timeout: limit, killSignal: "SIGKILL" } as const;
    execFile("pulumi", args, options, (error, stdout) => resolve(error ? undefined : stdout)).stdin?.end();
  });
}

/** Milliseconds. */
const limit = 5000;
