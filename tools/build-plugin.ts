import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join, posix } from "node:path";
import { build as bundle, type Metafile, type Plugin } from "esbuild";
import { schemaFile, schemaName } from "../provider/plugin/schema-text";
import { bundledLicenses } from "./bundled-licenses";
import { root } from "./root";

/** The name under which Pulumi looks for the plugin. */
export const pluginName = "pulumi-resource-gitpod";

/** The name of the file with the licenses of what is in the plugin. */
export const licensesName = `${pluginName}.LICENSES.txt`;

/** What Node.js is told beside the script, and what it cannot be told later: to keep the garbage small from the start. */
export const nodeOptions = ["--max-semi-space-size=3"];

/** The folder beside the script in which Node.js keeps the code that it has compiled, so that the next start is sooner. */
export const codeCache = ".cache";

/**
 * Returns the environment that the shell's launcher in a folder sets, each variable unless it is set. The allocator of most
 * Linux systems keeps an arena of free memory for each thread of Node.js, and one is enough.
 */
export function launchSettings(folder: string): Record<string, string> {
  return { MALLOC_ARENA_MAX: "1", NODE_COMPILE_CACHE: posix.join(folder, codeCache) };
}

/**
 * Bundles the plugin into one script, and puts its schema, launchers and the licenses of what is in it beside it. Returns
 * what each file takes of the script.
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
    plugins: [lateRules],
  });
  copyFileSync(schemaFile, join(folder, schemaName));
  writeFileSync(join(folder, licensesName), bundledLicenses(metafile));
  writeFileSync(join(folder, pluginName), shellLauncher);
  chmodSync(join(folder, pluginName), 0o755);
  writeFileSync(join(folder, `${pluginName}.cmd`), windowsLauncher);
  return metafile;
}

const rules = join(root, "provider", "plugin", "lazy-rules.ts");

/** Gives protovalidate rules that are compiled late; they alone get the library itself. */
const lateRules: Plugin = {
  name: "late rules",
  setup: ({ onResolve }) =>
    onResolve({ filter: /^@bufbuild\/cel$/ }, ({ importer }) => (importer === rules ? undefined : { path: rules })),
};

const shellLauncher = [
  "#!/bin/sh",
  'folder="$(dirname "$0")"',
  ...Object.entries(launchSettings("$folder")).map(([name, value]) => `export ${name}="\${${name}:-${value}}"`),
  `exec node ${nodeOptions.join(" ")} "$folder/${pluginName}.js" "$@"`,
  "",
].join("\n");

const windowsLauncher = [
  "@setlocal",
  `@if not defined NODE_COMPILE_CACHE set "NODE_COMPILE_CACHE=%~dp0${codeCache}"`,
  `@node ${nodeOptions.join(" ")} "%~dp0${pluginName}.js" %*`,
  "",
].join("\r\n");
