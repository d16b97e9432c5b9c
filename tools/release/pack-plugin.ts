import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { schemaName } from "../../provider/plugin/schema-text";
import { licensesName, pluginName } from "../build-plugin";
import { stampName } from "../fresh";
import type { Log } from "../pulumi/cli";
import { root } from "../root";
import { hashSources, inputs } from "../sources";
import { writeArchive, writeChecksums } from "./archive";
import { buildExecutable } from "./executable";
import { nodeRelease } from "./node";
import { archiveName, isSame, type Platform, platforms, thisPlatform } from "./platform";

/** What a release of the plugin consists of. */
export interface PackedPlugin {
  /** The folder of the single executable for this system, to be named in `Pulumi.yaml`. */
  executable: string;
  /** The archives, one for each system, in the order of `platforms`. */
  archives: string[];
  /** The file with the SHA-256 of each archive. */
  checksums: string;
}

const folder = join(root, "build", "plugin");
const bundle = join(root, "dist", "bin");
const license = join(root, "LICENSE");

/**
 * Packs the plugin that is in `dist` for release, unless that was done for these sources: for this system as one
 * executable, which brings Node.js with it, and for the others as the script, its schema and its launcher.
 */
export async function packPlugin(log: Log = console.log, { force = false } = {}): Promise<PackedPlugin> {
  const { version }: { version: string } = require("../../package.json");
  const packed = {
    executable: join(folder, "executable"),
    archives: platforms.map((platform) => join(folder, archiveName(platform, version))),
    checksums: join(folder, "SHA256SUMS"),
  };
  const stamp = join(folder, stampName);
  const sources = [hashSources(root, [...inputs, "tools/release"]), process.version].join(" ");
  if (!force && existsSync(stamp) && readFileSync(stamp, "utf8") === sources) return packed;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(packed.executable, { recursive: true });
  await buildExecutable(bundle, await nodeRelease(log), packed.executable);
  cpSync(license, join(packed.executable, "LICENSE"));
  await Promise.all(platforms.map((platform, index) => writePacked(platform, packed.archives[index]!, packed)));
  await writeChecksums(packed.archives, packed.checksums);
  writeFileSync(stamp, sources);
  return packed;
}

async function writePacked(platform: Platform, archive: string, { executable }: PackedPlugin): Promise<void> {
  if (isSame(platform, thisPlatform())) return writeArchive(executable, archive);
  const scripts = `${archive}.unpacked`;
  const launcher = platform.os === "windows" ? `${pluginName}.cmd` : pluginName;
  mkdirSync(scripts);
  for (const name of [launcher, `${pluginName}.js`, schemaName, licensesName])
    cpSync(join(bundle, name), join(scripts, name));
  cpSync(license, join(scripts, "LICENSE"));
  await writeArchive(scripts, archive);
  rmSync(scripts, { recursive: true });
}
