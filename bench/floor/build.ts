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
  remove(): void;
}

/** Bundles the floors as the plugin is bundled, so that none of them starts sooner or later for that. */
export async function buildFloors(): Promise<Floors> {
  const plugin = mkdtempSync(join(tmpdir(), "pulumi-gitpod-floor-"));
  const replay = join(plugin, "replay.js");
  await buildPlugin(plugin, join(__dirname, "plugin.ts"));
  await bundle({
    entryPoints: [join(__dirname, "..", "raw", "replay.ts")],
    outfile: replay,
    bundle: true,
    platform: "node",
    target: "node22",
    minify: true,
    logLevel: "silent",
  });
  return { plugin, replay, remove: () => rmSync(plugin, { recursive: true, force: true, maxRetries: 3 }) };
}
