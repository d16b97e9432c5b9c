import { createEmulator, type TableName } from "../../emulator";
import type { Definition } from "../../provider/model/definition";

/** Returns the emulator's table of a kind, which is named for it; none for what is a part of other objects. */
export function tablesOf({ kind }: Pick<Definition, "kind">): readonly TableName[] {
  const name = `${kind[0]?.toLowerCase()}${kind.slice(1)}`;
  const plurals = [`${name}s`, `${name.replace(/y$/, "")}ies`, `${name}es`, name];
  return tables.filter((table) => plurals.includes(table));
}

const tables = Object.keys(createEmulator().world) as TableName[];
