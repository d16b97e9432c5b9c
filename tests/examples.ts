import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { modules } from "../provider/model/module";
import { root } from "../tools/root";

/** Returns the folders below `examples` that have a program each; those of a module stand in a folder of its own. */
export const examples = (): string[] =>
  ["", ...modules].flatMap((folder) => programsIn(folder).map((name) => join(folder, name))).sort();

function programsIn(folder: string): string[] {
  const place = join(root, "examples", folder);
  return existsSync(place) ? readdirSync(place).filter((name) => existsSync(join(place, name, "index.ts"))) : [];
}
