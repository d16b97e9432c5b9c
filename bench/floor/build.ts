import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build as bundle } from "esbuild";
import { buildPlugin } from "../../tools/build-plugin";

/** What floors are run from. */
export interface Floors {
  /** The folder with the plugin that does nothing. */
  readonly plugin: string;
  /** The script that makes raw calls. */
  readonly replay: string;
  /** The script that repeats calls that are told. */
  readonly repeat: string;
  remove(): void;
}

/** Bundles the floors as the plugin is bundled, so that none of them starts sooner or later for that. */
export async function buildFloors(): Promise<Floors> {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-gitpod-floor-"));
  await buildPlugin(folder, join(__dirname, "plugin.ts"));
  const [replay = "", repeat = ""] = await Promise.all(["replay", "repeat"].map((name) => bundled(name, folder)));
  return {
    plugin: folder,
    replay,
    repeat,
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}

async function bundled(name: string, folder: string): Promise<string> {
  const outfile = join(folder, `${name}.js`);
  await bundle({
    entryPoints: [join(__dirname, "..", "raw", `${name}.ts`)],
    outfile,
    bundle: true,
    platform: "node",
    target: "node22",
    minify: true,
    logLevel: "silent",
  });
  return outfile;
}
