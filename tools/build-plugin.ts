import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build as bundle, type Metafile } from "esbuild";
import { bundledLicenses } from "./bundled-licenses";
import { root } from "./root";

/** The name under which Pulumi looks for the plugin. */
export const pluginName = "pulumi-resource-gitpod";

/** What Node.js is told beside the script, and what it cannot be told later: to keep the garbage small from the start. */
export const nodeOptions = ["--max-semi-space-size=2"];

/**
 * Bundles the plugin into one script, and puts launchers and the licenses of what is in it beside it. Returns what each
 * file takes of the script.
 */
export async function buildPlugin(
  folder: string,
  entry = join(root, "provider", "plugin", "main.ts"),
): Promise<Metafile> {
  mkdirSync(folder, { recursive: true });
  const { metafile } = await bundle({
    entryPoints: [entry],
    outfile: join(folder, `${pluginName}.js`),
    bundle: true,
    platform: "node",
    target: "node22",
    minify: true,
    metafile: true,
    absWorkingDir: root,
    legalComments: "none",
    logLevel: "silent",
  });
  const options = nodeOptions.join(" ");
  writeFileSync(join(folder, `${pluginName}.LICENSES.txt`), bundledLicenses(metafile));
  writeFileSync(join(folder, pluginName), `#!/bin/sh\nexec node ${options} "$(dirname "$0")/${pluginName}.js" "$@"\n`);
  chmodSync(join(folder, pluginName), 0o755);
  writeFileSync(join(folder, `${pluginName}.cmd`), `@node ${options} "%~dp0${pluginName}.js" %*\r\n`);
  return metafile;
}
