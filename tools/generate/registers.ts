import type { Definition } from "../../provider/model/definition";
import { kindName, objectName } from "../../provider/model/module";
import { type GeneratedFile, header } from "./file";
import type { Kind } from "./kinds";

/** Writes where the provider finds the definitions: all at once, and each when its kind is first asked for. */
export const registers = (kinds: readonly Kind[]): GeneratedFile[] => [
  {
    path: "provider/resources/index.ts",
    text: `${header("the files of this folder")}${lines(kinds, exported)}`,
  },
  {
    path: "provider/resources/loaders.ts",
    text: `${header("the files of this folder")}import type { Definition } from "../model/definition";

/** How the definition of each kind is loaded: by its name, in other modules than \`index\` after that of the module. */
export const loaders: { readonly [kind: string]: () => Definition } = {
${lines(kinds, ({ file, name, definition }) => `  ${key(definition)}: () => require("./${file}").${name},`)}};
`,
  },
];

function exported({ file, name, definition }: Kind): string {
  const object = objectName(kindName(definition));
  return `export { ${name}${object === name ? "" : ` as ${object}`} } from "./${file}";`;
}

const key = (definition: Definition): string =>
  definition.module ? JSON.stringify(kindName(definition)) : definition.kind;

const lines = (kinds: readonly Kind[], line: (kind: Kind) => string): string =>
  kinds.map((kind) => `${line(kind)}\n`).join("");
