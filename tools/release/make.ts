import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { build } from "../build";
import { licensesName } from "../build-plugin";
import { packagesIn } from "../bundled-licenses";
import { command } from "../command";
import { npm } from "../npm";
import type { Log } from "../pulumi/cli";
import { root } from "../root";
import { writeChecksums } from "./archive";
import { type Bill, type Manifest, releasedBill } from "./bill-of-materials";
import { notesOf, unreleased } from "./notes";
import { packPlugin } from "./pack-plugin";
import { makeSdks } from "./sdk-packages";
import { step } from "./step";
import { packTarball } from "./tarball";

/** A part of a release that could not be made here. */
export interface LeftOut {
  what: string;
  why: string;
}

/** The file with the SHA-256 of every other file of the release. */
export const checksums = "SHA256SUMS";

/** Makes every file of a release anew, from the sources in this repository. Returns what was left out. */
export async function makeRelease(folder: string, log: Log): Promise<LeftOut[]> {
  const manifest: Manifest & { version: string } = require("../../package.json");
  const { version } = manifest;
  // Modes are part of what is made.
  process.umask(0o022);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await step(log, "dist, from the sources", () => build({ force: true }));
  await step(log, "npm tarball", () => packTarball(folder));
  await step(log, "plugin archives for six systems", () => packArchives(folder, log));
  const leftOut = await makeSdks(folder, version, log);
  await step(log, "bill of materials", async () => {
    const bill: Bill = JSON.parse(await npm(root, ["sbom", "--package-lock-only", "--sbom-format", "cyclonedx"]));
    const packages = packagesIn(readFileSync(join(root, "dist", "bin", licensesName), "utf8"));
    const released = releasedBill(bill, manifest, { packages, node: process.versions.node });
    writeFileSync(join(folder, `${manifest.name}-${version}.cdx.json`), `${JSON.stringify(released, null, 2)}\n`);
  });
  await step(log, "release notes", async () => writeFileSync(join(folder, "RELEASE_NOTES.md"), releaseNotes(version)));
  const files = readdirSync(folder)
    .sort()
    .map((name) => join(folder, name));
  await writeChecksums(files, join(folder, checksums));
  return leftOut;
}

async function packArchives(folder: string, log: Log): Promise<void> {
  const { archives } = await packPlugin(log, { force: true });
  for (const archive of archives) copyFileSync(archive, join(folder, basename(archive)));
}

/** A version that has no section yet is the one that the changelog gathers notes for. */
function releaseNotes(version: string): string {
  const changelog = readFileSync(join(root, "CHANGELOG.md"), "utf8");
  return notesOf(changelog, changelog.includes(`## [${version}]`) ? version : unreleased);
}

if (require.main === module) {
  command(async () => {
    const [folder] = process.argv.slice(2);
    if (!folder) throw new Error("Name the folder that the release goes to.");
    await makeRelease(resolve(folder), (line) => console.log(line));
  });
}
