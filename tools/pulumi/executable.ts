import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { run } from "../run";

const windows = process.platform === "win32";

/** The file name of a program on this system. */
export function fileName(program: string): string {
  return windows ? `${program}.exe` : program;
}

/** The first executable of that name in the given folders, by default those of PATH. */
export function findExecutable(program: string, folders = pathFolders()): string | undefined {
  const names = windows ? [".exe", ".cmd", ".bat"].map((extension) => program + extension) : [program];
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isExecutable);
}

/** The folders that PATH names. */
export function pathFolders(): string[] {
  return (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
}

/** The version that a Pulumi CLI says it has, without the leading `v`; nothing if it does not run. */
export async function versionOf(bin: string): Promise<string | undefined> {
  const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
  const ran = await run(bin, ["version"], { env }).catch(() => undefined);
  return ran?.code === 0 ? ran.stdout.trim().replace(/^v/, "") : undefined;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
