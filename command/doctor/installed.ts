import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { own } from "../../provider/client/user-agent";
import { about, type Check } from "./check";
import type { Project } from "./project";
import { ask } from "./pulumi-cli";

/** Says which versions there are, and how a program in this folder reaches the provider. */
export async function installed(folder: string, project: Project | undefined): Promise<Check[]> {
  return [await versions(folder), ...way(folder, project)];
}

async function versions(folder: string): Promise<Check> {
  const { ok, wrong } = about("versions");
  const { node } = process.versions;
  const pulumi = (await ask(folder, "version"))?.trim().replace(/^v/, "");
  const says = [`Node.js ${node}`, pulumi ? `Pulumi ${pulumi}` : "no Pulumi CLI", `${own.name} ${own.version}`];
  const advice = [
    ...(Number.parseInt(node, 10) < oldestNode ? [`Install Node.js ${oldestNode} or newer.`] : []),
    ...(pulumi ? [] : ["Install the Pulumi CLI (https://www.pulumi.com/docs/install), or put it on PATH."]),
  ];
  return advice.length === 0 ? ok(says.join(", ")) : wrong(says.join(", "), advice.join(" "), { stops: true });
}

const oldestNode = 22;

function way(folder: string, project: Project | undefined): Check[] {
  const found = pluginIn(folder, project?.pluginPath);
  const plugin = about("plugin");
  const unused = found === undefined ? plugin.note("not found, and not needed here") : plugin.ok(found);
  const adapter = about("adapter");
  if (project === undefined) return [adapter.note("there is no Pulumi.yaml in this folder"), unused];
  const stated = project.settings.get("gitpod:adapter")?.value;
  const isProgram = project.runtime === "nodejs";
  if (isProgram && stated !== undefined && stated !== "plugin" && stated !== "dynamic")
    return [
      adapter.wrong(stated, "Set gitpod:adapter to dynamic or to plugin, or remove it.", { stops: true }),
      unused,
    ];
  if (isProgram && stated !== "plugin")
    return [adapter.ok(stated === undefined ? "dynamic, since gitpod:adapter is not set" : stated), unused];
  const why = isProgram ? "plugin, by gitpod:adapter" : `plugin, as for every program in ${project.runtime}`;
  if (found !== undefined) return [adapter.ok(why), plugin.ok(found)];
  const { file, pluginPath } = project;
  const [says, advice] =
    pluginPath === undefined
      ? [
          "not found",
          `Name the folder of the plugin in ${file}: plugins: { providers: [{ name: gitpod, path: node_modules/pulumi-gitpod/dist/bin }] }.`,
        ]
      : [
          `not found in ${pluginPath}, where ${file} says it is`,
          `Install what should be there, for example by npm install, or correct the path in ${file}.`,
        ];
  return [adapter.ok(why), plugin.wrong(says, advice, { stops: true })];
}

/** Returns where Pulumi finds the plugin: where the project says, else on PATH, else among what it has installed. */
function pluginIn(folder: string, path: string | undefined): string | undefined {
  if (path !== undefined) return executableIn(resolve(folder, path));
  const onPath = (process.env.PATH ?? "").split(delimiter).map(executableIn);
  return onPath.find((found) => found !== undefined) ?? installedPlugin();
}

const executableIn = (folder: string): string | undefined =>
  ["", ".exe", ".cmd"].map((end) => join(folder, `pulumi-resource-gitpod${end}`)).find((file) => existsSync(file));

function installedPlugin(): string | undefined {
  const plugins = join(process.env.PULUMI_HOME ?? join(homedir(), ".pulumi"), "plugins");
  if (!existsSync(plugins)) return undefined;
  const found = readdirSync(plugins).find((name) => /^resource-gitpod-v[^/]*(?<!\.lock|\.partial)$/.test(name));
  return found === undefined ? undefined : join(plugins, found);
}
