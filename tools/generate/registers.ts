import { type GeneratedFile, header } from "./file";
import type { Kind } from "./kinds";

/** Writes where the provider finds the definitions: all at once, and each when its kind is first asked for. */
export const registers = (kinds: readonly Kind[]): GeneratedFile[] => [
  {
    path: "provider/resources/index.ts",
    text: `${header("the files of this folder")}${lines(kinds, ({ file, name }) => `export { ${name} } from "./${file}";`)}`,
  },
  {
    path: "provider/plugin/kind-loaders.ts",
    text: `${header("the files of provider/resources")}import type { Definition } from "../model/definition";

/** How the definition of each kind is loaded. */
export const loaders: { readonly [kind: string]: () => Definition } = {
${lines(kinds, ({ file, name, definition }) => `  ${definition.kind}: () => require("../resources/${file}").${name},`)}};
`,
  },
];

const lines = (kinds: readonly Kind[], line: (kind: Kind) => string): string =>
  kinds.map((kind) => `${line(kind)}\n`).join("");
