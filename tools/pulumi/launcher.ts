import { chmod, copyFile } from "node:fs/promises";
import { dirname, join } from "node:path";

const name = process.platform === "win32" ? "pulumi-resource-pulumi-nodejs.cmd" : "pulumi-resource-pulumi-nodejs";

/** The folder of the installed Pulumi SDK, whose root holds the script that starts dynamic providers. */
export const sdkFolder = dirname(require.resolve("@pulumi/pulumi/package.json"));

/** Puts the script that starts dynamic providers beside a CLI, where the engine looks for it. */
export async function addLauncher(bin: string): Promise<void> {
  await copyFile(join(sdkFolder, name), join(bin, name));
  await chmod(join(bin, name), 0o755);
}
