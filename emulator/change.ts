import { ResourceOperation } from "../proto/gen/gitpod/v1/event_pb";
import { dropKeys } from "./key";
import type { Site } from "./site";
import type { Row, Table } from "./table";
import { tablesOf } from "./world";

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

/** Lets a deleted object stay visible for a while; the steps that follow take it out. */
export function linger(site: Site, row: Row<unknown, unknown>): void {
  row.linger = site.linger;
}

/** Takes an object out of its table, and with it what lives in it. */
export function remove<Remote, Owed>(site: Site, table: Table<Remote, Owed>, row: Row<Remote, Owed>): void {
  table.rows.delete(row.id);
  for (const other of Object.values(tablesOf(site.world)).reverse()) {
    for (const inside of [...other.rows.values()]) {
      if (other.within(inside).includes(row.id)) {
        remove(site, other, inside);
      }
    }
  }
  dropKeys(site, row.id);
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
