import { join } from "node:path";
import type { JsonObject } from "../provider/value/json";
import { builtPlugin, yaml } from "../tools/engine/yaml";
import type { Kind, Resource } from "./kinds";

/** How a subject is written as a program, and which process is its provider. */
export interface Writing {
  readonly name: string;
  /** The name of the writing that does the same without doing anything. */
  readonly floor?: string;
  /** A part of the path of the script that is the provider. */
  readonly script: string;
  /** What the stack is set to. */
  readonly config?: Record<string, string>;
  /** The files of the program. */
  write(kind: Kind, resources: readonly Resource[]): Record<string, string>;
}

const plugin = "pulumi-resource-gitpod";
const dynamic = "dynamic-provider";

/** A YAML program on the plugin. */
export const yamlPlugin: Writing = {
  name: "plugin, YAML",
  floor: "do-nothing plugin",
  script: plugin,
  write: (kind, all) => yamlOf(`gitpod:${kind}`, all, asIs),
};

/** Returns all writings, each after its floor; the plugin that does nothing is in that folder. */
export const writings = (floorPlugin: string): Writing[] => [
  { name: "engine alone (Stash)", script: plugin, write: (_, all) => yamlOf("pulumi:index:Stash", all, wrapped) },
  {
    name: "do-nothing plugin",
    script: plugin,
    write: (kind, all) => yamlOf(`gitpod:${kind}`, all, asIs, floorPlugin),
  },
  yamlPlugin,
  {
    name: "do-nothing plugin, TypeScript",
    script: plugin,
    config: onPlugin,
    write: (kind, all) => javascriptOf(ourClass(kind), all, floorPlugin),
  },
  {
    name: "plugin, TypeScript",
    floor: "do-nothing plugin, TypeScript",
    script: plugin,
    config: onPlugin,
    write: (kind, all) => javascriptOf(ourClass(kind), all, builtPlugin),
  },
  {
    name: "do-nothing dynamic provider",
    script: dynamic,
    write: (kind, all) => javascriptOf(floorClass(kind), all),
  },
  {
    name: "dynamic, TypeScript",
    floor: "do-nothing dynamic provider",
    script: dynamic,
    write: (kind, all) => javascriptOf(ourClass(kind), all),
  },
];

function yamlOf(
  type: string,
  all: readonly Resource[],
  propertiesOf: (inputs: JsonObject) => JsonObject,
  pluginFolder?: string,
): Record<string, string> {
  const resources = all.map(({ name, inputs }) => [name, { type, properties: propertiesOf(inputs) }]);
  return yaml({ resources: Object.fromEntries(resources) }, pluginFolder);
}

const asIs = (inputs: JsonObject): JsonObject => inputs;
const wrapped = (input: JsonObject): JsonObject => ({ input });

const onPlugin = { "gitpod:adapter": "plugin" };

/** JavaScript, since the time of a compiler, the same for all, would hide what is measured. */
const javascriptOf = (kindClass: string, all: readonly Resource[], pluginFolder?: string): Record<string, string> => ({
  "Pulumi.yaml": `name: test
runtime: nodejs
main: index.js
${pluginFolder === undefined ? "" : `plugins: { providers: [{ name: gitpod, path: ${JSON.stringify(pluginFolder)} }] }\n`}`,
  "resources.json": JSON.stringify(all),
  "index.js": `${kindClass}\nfor (const { name, inputs } of require("./resources.json")) new Kind(name, inputs);\n`,
});

const ourClass = (kind: Kind): string => `const { ${kind}: Kind } = require("pulumi-gitpod");`;

/** A class as small as can be: nothing of its provider is serialized, and it has no outputs of its own. */
const floorClass = (kind: Kind): string => `
const { CustomResource } = require("@pulumi/pulumi");
const __provider = ${JSON.stringify(`exports.handler=()=>require(${JSON.stringify(join(__dirname, "floor", "dynamic.js"))})`)};
class Kind extends CustomResource {
  constructor(name, inputs) {
    super("pulumi-nodejs:dynamic/floor:${kind}", name, { ...inputs, __provider });
  }
}`;
