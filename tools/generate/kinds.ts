import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import type { FunctionDefinition } from "../../provider/functions/define-function";
import type * as OfKind from "../../provider/functions/of-kind";
import type { Definition } from "../../provider/model/definition";
import { root } from "../root";

/** A kind, registered by nothing but the file of its definition. */
export interface Kind {
  /** The name of its files, such as `task-execution`. */
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
  const folder = join(root, "provider", "resources");
  const files = readdirSync(folder)
    .filter((file) => file.endsWith(".ts") && file !== "index.ts")
    .map((file) => basename(file, ".ts"))
    .sort();
  return files.map((file) => {
    const name = file.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
    const { [name]: definition }: Record<string, Definition | undefined> = require(join(folder, file));
    if (!definition || `${definition.kind[0]?.toLowerCase()}${definition.kind.slice(1)}` !== name)
      throw new Error(`provider/resources/${file}.ts has to export ${name}, the definition of a kind of this name.`);
    return { file, name, definition };
  });
}

/** Loads all functions: those that follow from the calls of kinds, and the others. */
export function loadFunctions(): FunctionDefinition[] {
  const { getterOf, listerOf, readsOf }: typeof OfKind = require("../../provider/functions/of-kind");
  const calls: Record<string, FunctionDefinition> = require("../../provider/functions/calls");
  const ofKinds = loadKinds().flatMap(({ definition }) => {
    const { get, list } = readsOf(definition);
    return [...(get ? [getterOf(definition)] : []), ...(list ? [listerOf(definition)] : [])];
  });
  return [...ofKinds, ...Object.values(calls)];
}
