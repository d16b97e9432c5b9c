import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { requireFresh } from "../../tools/fresh";
import { installTarball, packTarball } from "../../tools/release/tarball";

/** The package as a user has it. */
export interface InstalledPackage {
  /** A `node_modules` with the package and what a program needs beside it, to be handed to `createEngine`. */
  modules: string;
  /** Removes it. */
  remove(): void;
}

/** Packs the built package and installs it into a folder outside the repository. Takes half a minute. */
export async function installPackage(): Promise<InstalledPackage> {
  requireFresh();
  const folder = mkdtempSync(join(tmpdir(), "pulumi-gitpod-outside-"));
  return {
    modules: await installTarball(await packTarball(folder), folder),
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}
