import { ResourceRole as Role } from "../proto/gen/gitpod/v1/group_pb";
import { type Caller, maySee } from "./caller";
import type { Site } from "./site";
import type { Row, Table } from "./table";
import { tablesOf } from "./world";

/** Whether the caller has one of the roles on an object or an organization, by the groups that the caller is in. */
export function hasRole(site: Site, caller: Caller, resourceId: string, roles: readonly Role[]): boolean {
  const { groupMemberships, roleAssignments } = site.world;
  const groups = new Set(
    [...groupMemberships.rows.values()]
      .filter(({ remote: { subject } }) => subject?.id === caller.id && subject.principal === caller.principal)
      .map(({ remote }) => remote.groupId),
  );
  return [...roleAssignments.rows.values()].some(
    ({ remote }) =>
      remote.resourceId === resourceId && groups.has(remote.groupId) && roles.includes(remote.resourceRole),
  );
}

/** Whether the caller may do everything in the organization. */
export function isAdmin(site: Site, caller: Caller): boolean {
  return hasRole(site, caller, caller.organizationId, [Role.ORG_ADMIN]);
}

/** Whether the caller has one of the roles on an object or on what it lives in, or has made one of these. */
export function governs(site: Site, caller: Caller, id: string, roles: readonly Role[]): boolean {
  const found = lookUp(site, caller, id);
  return (
    found !== undefined &&
    [id, ...found.table.within(found.row)].some(
      (each) => hasRole(site, caller, each, roles) || lookUp(site, caller, each)?.row.owner.creatorId === caller.id,
    )
  );
}

/** Finds an object of any kind that the caller may see. */
export function lookUp(
  site: Site,
  caller: Caller,
  id: string,
): { readonly table: Table<unknown, unknown>; readonly row: Row<unknown, unknown> } | undefined {
  for (const table of Object.values(tablesOf(site.world))) {
    const row = table.rows.get(id);
    if (row !== undefined && maySee(table, caller, row)) {
      return { table, row };
    }
  }
  return undefined;
}
