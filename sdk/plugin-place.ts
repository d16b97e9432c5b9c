import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { RunError, runtime } from "@pulumi/pulumi";

let isFound = false;

/**
 * Fails where Pulumi has no way to find the plugin. It would say no more than that, and end the program before that can
 * say anything.
 */
export function requirePlugin(): void {
  isFound ||=
    !runtime.hasEngine() || isNamed(process.cwd()) || isAttached() || isDownloaded() || isInstalled() || isOnPath();
  if (!isFound) throw new RunError(advice);
}

const advice = `The setting gitpod:adapter is "plugin", but no plugin is named in Pulumi.yaml, installed or on PATH. The package has it; add to Pulumi.yaml:
plugins:
  providers:
    - name: gitpod
      path: node_modules/pulumi-gitpod/dist/bin`;

/** Whether the project that a folder belongs to names a plugin for this package. */
function isNamed(folder: string): boolean {
  const [project] = ["Pulumi.yaml", "Pulumi.yml"].map((name) => join(folder, name)).filter(existsSync);
  if (project) return /^\ufeff?(plugins|packages):.*\bgitpod\b/ms.test(readFileSync(project, "utf8"));
  return dirname(folder) !== folder && isNamed(dirname(folder));
}

const isAttached = (): boolean => /(^|,)gitpod:/.test(process.env.PULUMI_DEBUG_PROVIDERS ?? "");

const isDownloaded = (): boolean => process.env.PULUMI_PLUGIN_DOWNLOAD_URL_OVERRIDES !== undefined;

function isInstalled(): boolean {
  const plugins = join(process.env.PULUMI_HOME ?? join(homedir(), ".pulumi"), "plugins");
  return existsSync(plugins) && readdirSync(plugins).some((name) => name.startsWith("resource-gitpod-"));
}

const isOnPath = (): boolean =>
  (process.env.PATH ?? "")
    .split(delimiter)
    .some((folder) => ["", ".exe", ".cmd"].some((end) => existsSync(join(folder, `pulumi-resource-gitpod${end}`))));
