import { clone, create } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import { type GetGroupRequest, type Group, GroupSchema, type GroupService } from "../../proto/gen/gitpod/v1/group_pb";
import { type Caller, callerOf, find, visible } from "../caller";
import { changed, insert, remove } from "../change";
import { cutPage, keeps } from "../page";
import { invalid, notFound, precondition, taken } from "../refusal";
import { type Site, timestamp } from "../site";
import type { Row } from "../table";
import { membershipCalls } from "./membership";
import { roleCalls } from "./role-assignment";

/** Answers the calls of the group service; direct shares are not emulated. */
export function groupService(site: Site): Partial<ServiceImpl<typeof GroupService>> {
  const { groups } = site.world;
  const view = ({ remote }: Row<Group, null>): Group => {
    const members = [...site.world.groupMemberships.rows.values()];
    const memberCount = members.filter((member) => member.remote.groupId === remote.id).length;
    return Object.assign(clone(GroupSchema, remote), { memberCount });
  };
  return {
    ...membershipCalls(site),
    ...roleCalls(site),

    createGroup: ({ name, description, organizationId }, context) => {
      const caller = callerOf(context);
      checkName(site, caller, name);
      const id = site.newId();
      const now = timestamp(site);
      const remote = create(GroupSchema, { id, organizationId, name, description, createdAt: now, updatedAt: now });
      const row = { id, remote, owner: { organizationId, creatorId: caller.id }, owed: null };
      insert(site, groups, row);
      return { group: view(row) };
    },

    getGroup: (request, context) => ({ group: view(wanted(site, callerOf(context), request)) }),

    listGroups: (request, context) => {
      const { filter } = request;
      const search = filter?.search.toLowerCase() ?? "";
      const excluded = filter?.excludeAssignedToResource?.resourceId;
      const assigned = new Set(
        [...site.world.roleAssignments.rows.values()]
          .filter(({ remote }) => remote.resourceId === excluded)
          .map(({ remote }) => remote.groupId),
      );
      const rows = visible(groups, callerOf(context)).filter(
        ({ id, remote }) =>
          keeps(filter?.groupIds, id) &&
          remote.name.toLowerCase().includes(search) &&
          (filter?.systemManaged ?? remote.systemManaged) === remote.systemManaged &&
          (filter?.directShare ?? remote.directShare) === remote.directShare &&
          !assigned.has(id),
      );
      const page = cutPage(rows, request);
      return { pagination: page.pagination, groups: page.items.map(view) };
    },

    updateGroup: ({ groupId, name, description }, context) => {
      const caller = callerOf(context);
      const row = changeable(find(groups, caller, groupId));
      checkName(site, caller, name, groupId);
      // Neither field has presence, so what the request leaves out is cleared.
      Object.assign(row.remote, { name, description, updatedAt: timestamp(site) });
      changed(site, groups, row);
      return { group: view(row) };
    },

    deleteGroup: ({ groupId }, context) => {
      remove(site, groups, changeable(find(groups, callerOf(context), groupId)));
      return {};
    },
  };
}

function wanted(site: Site, caller: Caller, { group, groupId }: GetGroupRequest): Row<Group, null> {
  const { groups } = site.world;
  if (group.case === "name") {
    const named = visible(groups, caller).find(({ remote }) => remote.name === group.value);
    if (named === undefined) {
      throw notFound("group", group.value);
    }
    return named;
  }
  const id = group.value ?? groupId;
  if (id === "") {
    throw invalid("group: either id or name is required");
  }
  return find(groups, caller, id);
}

// `group-name-in-use`: Facts are silent on whether names are unique; the lookup by name suggests that they are.
function checkName(site: Site, caller: Caller, name: string, ownId?: string): void {
  const other = visible(site.world.groups, caller).find(({ remote }) => remote.name === name);
  if (other !== undefined && other.id !== ownId) {
    throw taken(`a group named ${name} exists already`);
  }
}

function changeable(row: Row<Group, null>): Row<Group, null> {
  if (row.remote.systemManaged || row.remote.directShare) {
    throw precondition(`group ${row.id} is managed by the platform`);
  }
  return row;
}
