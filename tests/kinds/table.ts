import { createEmulator, type Emulator, type TableName } from "../../emulator";
import { identified } from "../../provider/model/address";
import type { Definition } from "../../provider/model/definition";
import type { InModule } from "../../provider/model/module";
import { isGone, isRetired } from "../../provider/model/phase";
import * as resources from "../../provider/resources";
import type { JsonObject } from "../../provider/value/json";

/** Returns the emulator's table of a kind, which is named for it; none for what is a part of other objects. */
export function tablesOf({ module, kind }: InModule): readonly TableName[] {
  // What an organization has many of needs not say whose they are.
  const inAll = module ? `Classic${kind}` : kind;
  const names = [inAll, inAll.replace(/^Organization(?=.)/, "")].map(
    (name) => `${name[0]?.toLowerCase()}${name.slice(1)}`,
  );
  const plurals = names.flatMap((name) => [`${name}s`, `${name.replace(/y$/, "")}ies`, `${name}es`, name]);
  return tables.filter((table) => plurals.includes(table));
}

const tables = Object.keys(createEmulator().world) as TableName[];

/**
 * The objects of a table under the ids by which Pulumi knows them, without what was there from the start, is deleted, or has
 * a deletion that only ends what it does.
 */
export function objectsIn({ admin }: Emulator, table: TableName): JsonObject[] {
  const kinds = Object.values<Definition>(resources).filter((definition) => tablesOf(definition).includes(table));
  // A deletion that is another create leaves one that nobody knows.
  if (kinds.some(({ create, delete: remove }) => create !== undefined && remove === create)) return [];
  const first = new Set(untouched.admin.objects(table).map((object) => (object as JsonObject).id));
  const there = (admin.objects(table) as JsonObject[]).filter(({ id }) => !first.has(id));
  const left = there.filter(
    (object) => !kinds.some((kind) => isGone(kind, object, Date.now()) || isRetired(kind, object)),
  );
  return left.map((object) => (kinds[0] ? identified(kinds[0], object) : object));
}

const untouched = createEmulator();
