import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
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
    if (definition?.kind.toLowerCase() !== name.toLowerCase())
      throw new Error(`provider/resources/${file}.ts has to export ${name}, the definition of a kind of this name.`);
    return { file, name, definition };
  });
}
