import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { extract } from "tar";
import { npm } from "../npm";
import { root } from "../root";
import { modeForAll } from "./archive";

/**
 * Packs the built package as npm would publish it. Returns the tarball. npm keeps the modes of a checkout, so it packs
 * a copy whose files everybody may read.
 */
export async function packTarball(folder: string): Promise<string> {
  const copy = mkdtempSync(join(tmpdir(), "pulumi-gitpod-packed-"));
  try {
    await extract({ file: await pack(root, copy), cwd: copy, filter: setMode });
    return await pack(join(copy, "package"), folder);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function setMode(_path: string, entry: { mode?: number }): boolean {
  entry.mode = modeForAll(entry.mode);
  return true;
}

async function pack(folder: string, to: string): Promise<string> {
  const packed = await npm(folder, ["pack", "--json", "--ignore-scripts", "--pack-destination", to]);
  const [tarball]: { filename: string }[] = JSON.parse(packed);
  if (!tarball) throw new Error("npm pack made no tarball.");
  return join(to, tarball.filename);
}

/** Installs a tarball into a folder as a user does, with what a program needs beside it. Returns its `node_modules`. */
export async function installTarball(tarball: string, folder: string): Promise<string> {
  const versions = require("../../package.json").devDependencies as Record<string, string>;
  const beside = ["@pulumi/pulumi", "typescript", "ts-node", "@types/node"];
  const dependencies = {
    ...Object.fromEntries(beside.map((name) => [name, versions[name]])),
    "pulumi-gitpod": `file:${relative(folder, tarball).replaceAll("\\", "/")}`,
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
  return join(folder, "node_modules");
}
