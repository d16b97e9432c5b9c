import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { schemaFile } from "../../provider/plugin/schema-text";
import type { Log } from "../pulumi/cli";
import { root } from "../root";
import { run } from "../run";
import { sdkGenerators } from "./sdk-generators";

/** The folder of the SDKs, with one for each language. */
export const sdksFolder = join(root, "build", "sdks");

/** Writes the SDKs for Go, Java and Python from the schema of the plugin. */
export async function buildSdks(log: Log = console.log): Promise<void> {
  const generators = await sdkGenerators(log);
  rmSync(sdksFolder, { recursive: true, force: true });
  for (const generator of generators) {
    const { code, stderr } = await run(generator, [schemaFile, sdksFolder]);
    if (code !== 0) throw new Error(stderr.trim());
  }
  // Python's build takes the text from the root, and the generator puts it into the module.
  cpSync(join(sdksFolder, "python", "pulumi_gitpod", "README.md"), join(sdksFolder, "python", "README.md"));
}
