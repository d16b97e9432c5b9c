import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { requireFresh } from "../../tools/fresh";
import { npm } from "../../tools/npm";
import { root } from "../../tools/root";

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
  const packed = await npm(root, ["pack", "--json", "--ignore-scripts", "--pack-destination", folder]);
  const [tarball]: { filename: string }[] = JSON.parse(packed);
  const versions = require("../../package.json").devDependencies as Record<string, string>;
  const beside = ["@pulumi/pulumi", "typescript", "ts-node", "@types/node"];
  const dependencies = {
    ...Object.fromEntries(beside.map((name) => [name, versions[name]])),
    "pulumi-gitpod": `file:./${tarball?.filename}`,
  };
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "outside", private: true, dependencies }));
  mkdirSync(join(folder, "node_modules"));
  await npm(folder, [
    "install",
    "--prefer-offline",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--no-package-lock",
  ]);
  return {
    modules: join(folder, "node_modules"),
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}
