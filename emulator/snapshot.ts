import type { JsonValue } from "@bufbuild/protobuf";
import type { Owner } from "./table";
import { emptyWorld, type Key, type TableName, type Token, tablesOf, type World } from "./world";

/** The form of the state file; a file of another form is refused. */
export const snapshotVersion = 1;

/** A world as JSON: objects as proto-JSON, beside them whom they belong to and what they owe. */
export interface Snapshot {
  readonly version: number;
  readonly tables: Partial<Record<TableName, SavedRow[]>>;
  readonly tokens: Record<string, Token>;
  readonly keys: Record<string, Key>;
  /** Missing in files of earlier releases. */
  readonly domainRecords?: Record<string, string>;
}

/** One object in a snapshot. */
export interface SavedRow {
  readonly id: string;
  readonly remote: JsonValue;
  readonly owner: Owner;
  readonly owed: unknown;
  readonly linger?: number;
  readonly platform?: true;
}

/** Takes a snapshot of a world. */
export function toSnapshot(world: World): Snapshot {
  const tables = Object.entries(tablesOf(world)).map(([name, table]) => [
    name,
    [...table.rows.values()].map(({ remote, ...row }) => ({ ...row, remote: table.write(remote) })),
  ]);
  return {
    version: snapshotVersion,
    tables: Object.fromEntries(tables),
    tokens: Object.fromEntries(world.tokens),
    keys: Object.fromEntries(world.keys),
    domainRecords: Object.fromEntries(world.domainRecords),
  };
}

/** Makes a world from a snapshot. */
export function fromSnapshot(snapshot: Snapshot): World {
  if (snapshot.version !== snapshotVersion) {
    throw new Error(`the state has version ${snapshot.version}, this emulator reads version ${snapshotVersion}`);
  }
  const world = emptyWorld();
  const tables: Record<string, SavedRow[] | undefined> = snapshot.tables;
  for (const [name, table] of Object.entries(tablesOf(world))) {
    for (const { remote, ...row } of tables[name] ?? []) {
      table.rows.set(row.id, { ...row, remote: table.read(remote) });
    }
  }
  for (const [text, token] of Object.entries(snapshot.tokens)) {
    world.tokens.set(text, token);
  }
  for (const [text, key] of Object.entries(snapshot.keys)) {
    world.keys.set(text, key);
  }
  for (const [domain, text] of Object.entries(snapshot.domainRecords ?? {})) {
    world.domainRecords.set(domain, text);
  }
  return world;
}
