import { join } from "node:path";
import type { Emulator } from "../emulator";
import type { JsonObject } from "../provider/json";
import { createEngine, type Engine, type EngineRun } from "../tools/engine/engine";
import { builtPlugin, yaml } from "../tools/engine/yaml";
import { type Kind, type Resource, resourcesOf } from "./kinds";
import { noteMemory } from "./memory";
import { openSite, timed } from "./site";
import { type Opened, type Operation, type Sample, type Setting, type Subject, variantOf } from "./subject";

/** How a subject is written as a program, and which process is its provider. */
interface Writing {
  readonly name: string;
  readonly floor?: string;
  /** A part of the path of the script that is the provider. */
  readonly script: string;
  /** What the stack is set to. */
  readonly config?: Record<string, string>;
  /** The files of the program. */
  write(kind: Kind, resources: readonly Resource[]): Record<string, string>;
}

/** Returns the subjects that run on the engine; the floor of the plugin is in that folder. */
export function engineSubjects(floorPlugin: string): Subject[] {
  const writings: Writing[] = [
    {
      name: "engine alone (Stash)",
      script: pluginScript,
      write: (_, all) => yamlOf("pulumi:index:Stash", all, wrapped),
    },
    {
      name: "do-nothing plugin",
      script: pluginScript,
      write: (kind, all) => yamlOf(`gitpod:${kind}`, all, asIs, floorPlugin),
    },
    yamlPlugin,
    {
      name: "do-nothing dynamic provider",
      script: dynamicScript,
      write: (kind, all) => javascriptOf(floorClass(kind), all),
    },
    {
      name: "do-nothing plugin, TypeScript",
      script: pluginScript,
      config: onPlugin,
      write: (kind, all) => javascriptOf(ourClass(kind), all, floorPlugin),
    },
    {
      name: "plugin, TypeScript",
      floor: "do-nothing plugin, TypeScript",
      script: pluginScript,
      config: onPlugin,
      write: (kind, all) => javascriptOf(ourClass(kind), all, builtPlugin),
    },
    {
      name: "dynamic, TypeScript",
      floor: "do-nothing dynamic provider",
      script: dynamicScript,
      write: (kind, all) => javascriptOf(ourClass(kind), all),
    },
  ];
  return writings.map(subjectOf);
}

const pluginScript = "pulumi-resource-gitpod";
const dynamicScript = "dynamic-provider";

const yamlPlugin: Writing = {
  name: "plugin, YAML",
  floor: "do-nothing plugin",
  script: pluginScript,
  write: (kind, all) => yamlOf(`gitpod:${kind}`, all, asIs),
};

/** Opens a stack of a YAML program on the plugin. */
export const openYaml = (setting: Setting): Promise<OpenedStack> => open(yamlPlugin, setting);

const subjectOf = (writing: Writing): Subject => ({
  name: writing.name,
  ...(writing.floor !== undefined && { floor: writing.floor }),
  open: (setting) => open(writing, setting),
});

/** A stack on the engine, and the API that it works on. */
export interface OpenedStack extends Opened {
  readonly engine: Engine;
  readonly emulator: Emulator;
  perform(operation: Operation): Promise<Sample>;
}

async function open({ script, config, write }: Writing, { kind, size, latency }: Setting): Promise<OpenedStack> {
  const site = await openSite(latency);
  const filesFor = (operation: Operation) => write(kind, resourcesOf(kind, size, variantOf(operation), site.home));
  const engine = await createEngine({
    program: filesFor("create"),
    env: { GITPOD_BASE_URL: site.host, GITPOD_API_KEY: site.token, ...withoutCheckpoints(size) },
    logs: false,
    ...(config && { config }),
  }).catch(async (error: unknown) => {
    await site.close();
    throw error;
  });
  const memory = noteMemory(join(engine.folder, ".."));
  Object.assign(engine.env, memory.env);
  return {
    engine,
    emulator: site.emulator,
    async perform(operation) {
      engine.write(filesFor(operation));
      const measured = await timed(site, () => succeeded(commands[operation](engine)));
      return { ...measured, memory: memory.take(script) };
    },
    async close() {
      await engine.dispose();
      await site.close();
    },
  };
}

const commands: Record<Operation, (engine: Engine) => Promise<EngineRun>> = {
  create: (engine) => engine.up(),
  "no-change up": (engine) => engine.up("--expect-no-changes"),
  preview: (engine) => engine.preview("--expect-no-changes"),
  "preview with refresh": (engine) => engine.preview("--refresh", "--expect-no-changes"),
  update: (engine) => engine.up(),
  destroy: (engine) => engine.destroy(),
};

/** Beyond a hundred resources the checkpoints of a file backend cost more than anything that a provider does. */
const withoutCheckpoints = (size: number): Record<string, string> =>
  size > 100 ? { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" } : {};

async function succeeded(run: Promise<EngineRun>): Promise<void> {
  const { code, stdout, stderr } = await run;
  if (code !== 0) throw new Error(`Pulumi ended with ${code}:\n${stdout}\n${stderr}`);
}

function yamlOf(
  type: string,
  all: readonly Resource[],
  propertiesOf: (inputs: JsonObject) => JsonObject,
  plugin?: string,
): Record<string, string> {
  const resources = all.map(({ name, inputs }) => [name, { type, properties: propertiesOf(inputs) }]);
  return yaml({ resources: Object.fromEntries(resources) }, plugin);
}

const asIs = (inputs: JsonObject): JsonObject => inputs;
const wrapped = (input: JsonObject): JsonObject => ({ input });

const onPlugin = { "gitpod:adapter": "plugin" };

const ourClass = (kind: Kind): string => `const { ${kind}: Kind } = require("pulumi-gitpod");`;

/** JavaScript, since the time of a compiler, the same for all, would hide what is measured. */
const javascriptOf = (kind: string, all: readonly Resource[], plugin?: string): Record<string, string> => ({
  "Pulumi.yaml": `name: test
runtime: nodejs
main: index.js
${plugin === undefined ? "" : `plugins: { providers: [{ name: gitpod, path: ${JSON.stringify(plugin)} }] }\n`}`,
  "resources.json": JSON.stringify(all),
  "index.js": `${kind}\nfor (const { name, inputs } of require("./resources.json")) new Kind(name, inputs);\n`,
});

/** A class as small as can be: nothing of its provider is serialized, and it has no outputs of its own. */
const floorClass = (kind: Kind): string => `
const { CustomResource } = require("@pulumi/pulumi");
const __provider = ${JSON.stringify(`exports.handler=()=>require(${JSON.stringify(join(__dirname, "floor", "dynamic.js"))})`)};
class Kind extends CustomResource {
  constructor(name, inputs) {
    super("pulumi-nodejs:dynamic/floor:${kind}", name, { ...inputs, __provider });
  }
}`;
