import { type GeneratedFile, header } from "./file";
import type { Kind } from "./kinds";

/** Writes what the package exports. */
export const packageExports = (kinds: readonly Kind[]): GeneratedFile => ({
  path: "sdk/index.ts",
  text: `${header("provider/resources")}export * from "../proto/gen/enums";
export type { FunctionOptions, FunctionOutputOptions } from "./functions/ask";
export * from "./functions/calls";
export type * from "./parts";
export { Provider, type ProviderArgs } from "./provider";
${kinds.map(({ file }) => `export * from "./resources/${file}";\n`).join("")}`,
});
