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
export function objectsIn(emulator: Emulator, table: TableName): JsonObject[] {
  const kinds = Object.values<Definition>(resources).filter((definition) => tablesOf(definition).includes(table));
  // A deletion that is another create leaves one that nobody knows.
  if (kinds.some(({ create, delete: remove }) => create !== undefined && remove === create)) return [];
  const first = new Set(thereIn(untouched, table).map(({ id }) => id));
  const there = thereIn(emulator, table).filter(({ id }) => !first.has(id));
  const left = there.filter(
    (object) => !kinds.some((kind) => isGone(kind, object, Date.now()) || isRetired(kind, object)),
  );
  return left.map((object) => (kinds[0] && !kinds[0].module ? identified(kinds[0], object) : object));
}

/**
 * The objects of a table without those that are deleted and can be read all the same. Those of Gitpod Classic have the ids
 * by which Pulumi knows them, since some tell none; whoever has made a team is a part of it.
 */
export function thereIn({ admin, world }: Emulator, table: TableName): JsonObject[] {
  const objects = admin.objects(table) as JsonObject[];
  if (!table.startsWith("classic")) return objects;
  const isPart = (id: string): boolean => {
    const [teamId = "", userId] = id.split("/");
    return userId !== undefined && world.classicTeams.rows.get(teamId)?.owner.creatorId === userId;
  };
  return [...world[table].rows.keys()].flatMap((id, i) =>
    isPart(id) || world.classicWorkspaces.rows.get(id)?.owed.deleted ? [] : [{ ...objects[i], id }],
  );
}

const untouched = createEmulator();
