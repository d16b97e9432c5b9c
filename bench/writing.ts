import { join } from "node:path";
import type { JsonObject } from "../provider/value/json";
import { builtPlugin, yaml } from "../tools/engine/yaml";
import type { Resource } from "./resources";

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
  write(resources: readonly Resource[]): Record<string, string>;
}

const plugin = "pulumi-resource-gitpod";
const dynamic = "dynamic-provider";

/** A YAML program on the plugin. */
export const yamlPlugin: Writing = {
  name: "plugin, YAML",
  floor: "do-nothing plugin",
  script: plugin,
  write: (all) => yamlOf(ourType, all, asIs),
};

/** Returns all writings, each after its floor; the plugin that does nothing is in that folder. */
export const writings = (floorPlugin: string): Writing[] => [
  { name: "engine alone (Stash)", script: plugin, write: (all) => yamlOf(() => "pulumi:index:Stash", all, wrapped) },
  {
    name: "do-nothing plugin",
    script: plugin,
    write: (all) => yamlOf(ourType, all, asIs, floorPlugin),
  },
  yamlPlugin,
  {
    name: "do-nothing plugin, TypeScript",
    script: plugin,
    config: onPlugin,
    write: (all) => javascriptOf(ourClasses, all, floorPlugin),
  },
  {
    name: "plugin, TypeScript",
    floor: "do-nothing plugin, TypeScript",
    script: plugin,
    config: onPlugin,
    write: (all) => javascriptOf(ourClasses, all, builtPlugin),
  },
  {
    name: "do-nothing dynamic provider",
    script: dynamic,
    write: (all) => javascriptOf(floorClasses, all),
  },
  {
    name: "dynamic, TypeScript",
    floor: "do-nothing dynamic provider",
    script: dynamic,
    write: (all) => javascriptOf(ourClasses, all),
  },
];

function yamlOf(
  typeOf: (resource: Resource) => string,
  all: readonly Resource[],
  propertiesOf: (inputs: JsonObject) => JsonObject,
  pluginFolder?: string,
): Record<string, string> {
  const resources = all.map((resource) => [
    resource.name,
    { type: typeOf(resource), properties: propertiesOf(resource.inputs) },
  ]);
  return yaml({ resources: Object.fromEntries(resources) }, pluginFolder);
}

const ourType = ({ kind }: Resource): string => `gitpod:${kind}`;
const asIs = (inputs: JsonObject): JsonObject => inputs;
const wrapped = (input: JsonObject): JsonObject => ({ input });

const onPlugin = { "gitpod:adapter": "plugin" };

/** JavaScript, since the time of a compiler, the same for all, would hide what is measured. */
const javascriptOf = (classes: string, all: readonly Resource[], pluginFolder?: string): Record<string, string> => ({
  "Pulumi.yaml": `name: test
runtime: nodejs
main: index.js
${pluginFolder === undefined ? "" : `plugins: { providers: [{ name: gitpod, path: ${JSON.stringify(pluginFolder)} }] }\n`}`,
  "resources.json": JSON.stringify(all),
  "index.js": `${classes}\nfor (const { kind, name, inputs } of require("./resources.json")) new (classOf(kind))(name, inputs);\n`,
});

const ourClasses = `const gitpod = require("pulumi-gitpod");\nconst classOf = (kind) => kind.split(":").reduce((module, name) => module[name], gitpod);`;

/** A class as small as can be: nothing of its provider is serialized, and it has no outputs of its own. */
const floorClasses = `
const { CustomResource } = require("@pulumi/pulumi");
const __provider = ${JSON.stringify(`exports.handler=()=>require(${JSON.stringify(join(__dirname, "floor", "dynamic.js"))})`)};
const classOf = (kind) => class extends CustomResource {
  constructor(name, inputs) {
    super("pulumi-nodejs:dynamic/floor:" + kind, name, { ...inputs, __provider });
  }
};`;
