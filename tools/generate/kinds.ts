import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import type { FunctionDefinition } from "../../provider/functions/define-function";
import type * as OfKind from "../../provider/functions/of-kind";
import type { Definition } from "../../provider/model/definition";
import { type Module, modules, objectName } from "../../provider/model/module";
import { root } from "../root";

/** A kind, registered by nothing but the file of its definition. */
export interface Kind {
  /** The name of its files, such as `task-execution`, or `experimental/team` in another module than `index`. */
  readonly file: string;
  /** The name that its file exports, such as `taskExecution`. */
  readonly name: string;
  readonly definition: Definition;
}

/**
 * Loads the definitions that have a file, by their names. When called: they import code that may have been generated a
 * moment ago.
 */
export function loadKinds(): Kind[] {
  return [undefined, ...modules].flatMap((module) =>
    filesOf(module).map((base) => {
      const name = base.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
      const file = join(module ?? "", base);
      const { [name]: definition }: Record<string, Definition | undefined> = require(join(folder, file));
      if (!definition || objectName(definition.kind) !== name || definition.module !== module)
        throw new Error(
          `provider/resources/${file}.ts has to export ${name}, the definition of a kind of this name${module ? ` in the module ${module}` : ""}.`,
        );
      return { file, name, definition };
    }),
  );
}

const folder = join(root, "provider", "resources");

/** The names of the files of a module that have a definition. */
function filesOf(module: Module | undefined): string[] {
  const place = join(folder, module ?? "");
  if (!existsSync(place)) return [];
  return readdirSync(place)
    .filter((file) => file.endsWith(".ts") && !generated.includes(file))
    .map((file) => basename(file, ".ts"))
    .sort();
}

/** What stands beside the definitions. */
const generated = ["index.ts", "loaders.ts"];

/** The kinds and the functions of a module. */
export interface OfModule {
  readonly module: Module | undefined;
  readonly kinds: readonly Kind[];
}

/** Returns the kinds by their modules, `index` first. */
export const byModule = (kinds: readonly Kind[]): OfModule[] =>
  [undefined, ...modules].map((module) => ({
    module,
    kinds: kinds.filter(({ definition }) => definition.module === module),
  }));

/** Returns the file of the class of a kind, in the folder `sdk`. */
export const classFile = ({ file, definition }: Kind): string => (definition.module ? file : `resources/${file}`);

/** Returns how programs name something of a module: `Team`, or `experimental.Team`. */
export const inProgram = (module: Module | undefined, name: string): string => (module ? `${module}.${name}` : name);

/** Returns the file with the functions of a module that are of no kind, in the folder `provider/functions`. */
export const callsFile = (module: Module | undefined): string => join(module ?? "", "calls");

/** Loads the functions of a module that are of no kind, by the names that their file exports. */
export function loadCalls(module: Module | undefined): Record<string, FunctionDefinition> {
  const file = join(root, "provider", "functions", callsFile(module));
  return existsSync(`${file}.ts`) ? require(file) : {};
}

/** Returns the calls of a kind that become functions of themselves: none of which a function is declared that says more. */
export function readsOf({ definition }: Kind): Pick<Definition, "get" | "list"> {
  const { readsOf: all }: typeof OfKind = require("../../provider/functions/of-kind");
  const { get, list } = all(definition);
  const declared = loadCalls(definition.module);
  return {
    ...(get && !Object.hasOwn(declared, get.localName) && { get }),
    ...(list && !Object.hasOwn(declared, list.localName) && { list }),
  };
}

/** Loads all functions: those that follow from the calls of kinds, and the others. */
export function loadFunctions(): FunctionDefinition[] {
  const { getterOf, listerOf }: typeof OfKind = require("../../provider/functions/of-kind");
  return byModule(loadKinds()).flatMap(({ module, kinds }) => {
    const ofKinds = kinds.flatMap((kind) => {
      const { definition } = kind;
      const { get, list } = readsOf(kind);
      return [...(get ? [getterOf(definition)] : []), ...(list ? [listerOf(definition)] : [])];
    });
    return [...ofKinds, ...Object.values(loadCalls(module))];
  });
}
