import { posix } from "node:path";
import { modules } from "../../provider/model/module";
import { type GeneratedFile, header } from "./file";
import { byModule, classFile, type Kind, loadCalls, type OfModule } from "./kinds";

/** Writes what the package exports, and the namespaces of its modules. */
export const packageExports = (kinds: readonly Kind[]): GeneratedFile[] =>
  byModule(kinds).map((each) => (each.module ? namespaceOf(each) : whole(each)));

const whole = ({ kinds }: OfModule): GeneratedFile => ({
  path: "sdk/index.ts",
  text: `${header("provider/resources")}export * from "../proto/gen/enums";
${modules
  .map(
    (module) => `export * as ${module} from "./${module}";
`,
  )
  .join("")}export type { FunctionOptions, FunctionOutputOptions } from "./functions/ask";
export * from "./functions/calls";
export type * from "./parts";
export { Provider, type ProviderArgs } from "./provider";
${kinds.map((kind) => `export * from "./${classFile(kind)}";\n`).join("")}`,
});

const namespaceOf = ({ module, kinds }: OfModule): GeneratedFile => ({
  path: `sdk/${module}/index.ts`,
  text: `${header(`provider/resources/${module}`)}export * from "../../proto/gen/${module}-enums";
${Object.keys(loadCalls(module)).length > 0 ? 'export * from "./calls";\n' : ""}${kinds.map(({ file }) => `export * from "./${posix.basename(file)}";\n`).join("")}`,
});
