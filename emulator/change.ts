import { ResourceOperation, type ResourceType } from "../proto/gen/gitpod/v1/event_pb";
import type { Site } from "./site";
import type { Owner, Row, Table } from "./world";

/** One change of an object, as streams of events tell it. */
export interface Change {
  readonly operation: ResourceOperation;
  readonly resourceType: ResourceType;
  readonly resourceId: string;
  readonly owner: Owner;
}

/** Tells changes to whoever watches; what happened before the watch began is not told. */
export interface ChangeFeed {
  publish(change: Change): void;
  /** Calls the listener for each change until the returned function is called. */
  watch(listener: (change: Change) => void): () => void;
}

/** Makes a feed without watchers. */
export function createChangeFeed(): ChangeFeed {
  const listeners = new Set<(change: Change) => void>();
  return {
    publish: (change) => {
      for (const listener of [...listeners]) {
        listener(change);
      }
    },
    watch: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Adds an object to its table. */
export function insert<Remote, Owed>(site: Site, table: Table<Remote, Owed>, row: Row<Remote, Owed>): void {
  table.rows.set(row.id, row);
  tell(site, table, row, ResourceOperation.CREATE);
}

/** Tells that an object has changed. */
export function changed<Remote, Owed>(site: Site, table: Table<Remote, Owed>, row: Row<Remote, Owed>): void {
  tell(site, table, row, ResourceOperation.UPDATE);
}

/** Gives the settings of an object a higher version, and tells that they have changed. */
export function respecified<Remote extends { spec: { specVersion: bigint } }, Owed>(
  site: Site,
  table: Table<Remote, Owed>,
  row: Row<Remote, Owed>,
): void {
  row.remote.spec.specVersion += 1n;
  changed(site, table, row);
}

/** Gives settings and status of an object higher versions, and tells both changes as one. */
export function renewed<Remote extends { spec: { specVersion: bigint }; status: { statusVersion: bigint } }, Owed>(
  site: Site,
  table: Table<Remote, Owed>,
  row: Row<Remote, Owed>,
): void {
  row.remote.status.statusVersion += 1n;
  respecified(site, table, row);
}

/** Tells that only the status of an object has changed, and gives it a higher version. */
export function moved<Remote extends { status: { statusVersion: bigint } }, Owed>(
  site: Site,
  table: Table<Remote, Owed>,
  row: Row<Remote, Owed>,
): void {
  row.remote.status.statusVersion += 1n;
  tell(site, table, row, ResourceOperation.UPDATE_STATUS);
}

/** Takes an object out of its table. */
export function remove<Remote, Owed>(site: Site, table: Table<Remote, Owed>, row: Row<Remote, Owed>): void {
  table.rows.delete(row.id);
  tell(site, table, row, ResourceOperation.DELETE);
}

function tell<Remote, Owed>(
  site: Site,
  table: Table<Remote, Owed>,
  row: Row<Remote, Owed>,
  operation: ResourceOperation,
): void {
  site.changes.publish({ operation, resourceType: table.resourceType, resourceId: row.id, owner: row.owner });
}
