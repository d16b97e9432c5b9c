import { run } from "./run";

/** Runs npm in a folder and returns what it printed. Fails with npm's own words. */
export async function npm(cwd: string, args: readonly string[]): Promise<string> {
  const [command, first] = process.platform === "win32" ? ["cmd.exe", ["/c", "npm"]] : ["npm", []];
  const { code, stdout, stderr } = await run(command, [...first, ...args, "--loglevel=error"], { cwd });
  if (code !== 0) throw new Error(`npm ${args[0]} failed: ${stderr.trim()}`);
  return stdout;
}
