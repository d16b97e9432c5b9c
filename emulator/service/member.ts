import { timestampMs } from "@bufbuild/protobuf/wkt";
import type { ServiceImpl } from "@connectrpc/connect";
import { LoginProviderKind } from "../../proto/gen/gitpod/v1/login_provider_pb";
import {
  ListMembersRequest_SortField as Field,
  type ListMembersRequest,
  type OrganizationMember,
  type OrganizationService,
  OrganizationRole as Role,
} from "../../proto/gen/gitpod/v1/organization_pb";
import { SortOrder } from "../../proto/gen/gitpod/v1/pagination_pb";
import { UserStatus } from "../../proto/gen/gitpod/v1/user_pb";
import { giveRole } from "../administrator";
import { callerOf, find, visible } from "../caller";
import { changed } from "../change";
import { mentions } from "../message";
import { keeps } from "../page";
import { plainCalls } from "../plain";
import { invalid, notFound, precondition } from "../refusal";
import type { Site } from "../site";

/** Answers the calls about the people of an organization. */
export function memberCalls(site: Site): Pick<ServiceImpl<typeof OrganizationService>, "listMembers" | "setRole"> {
  const { members: table } = site.world;
  const members = plainCalls(site, table);
  return {
    listMembers: (request, context) =>
      members.list(
        request,
        context,
        (items) => ({ members: items }),
        (member) => isWanted(site, member, request),
        orderOf(request),
      ),
    setRole: ({ userId, role }, context) => {
      const caller = callerOf(context);
      const row = find(table, caller, userId);
      if (row.remote.status === UserStatus.LEFT) {
        throw notFound(table.noun, userId);
      }
      if (role === Role.UNSPECIFIED) {
        throw invalid("role: administrator or member");
      }
      const administrators = visible(table, caller).filter(
        ({ remote }) => remote.role === Role.ADMIN && remote.status !== UserStatus.LEFT,
      );
      if (role !== Role.ADMIN && administrators.length === 1 && administrators[0] === row) {
        throw precondition(`user ${userId} is the last administrator of the organization`);
      }
      giveRole(site, row, role);
      changed(site, table, row);
      return {};
    },
  };
}

function isWanted({ world }: Site, member: OrganizationMember, { filter }: ListMembersRequest): boolean {
  const { userId, role, status, fullName, email, loginProvider } = member;
  const isIn = (groupId: string) =>
    [...world.groupMemberships.rows.values()].some(
      ({ remote }) => remote.groupId === groupId && remote.subject?.id === userId,
    );
  return (
    keeps(filter?.userIds, userId) &&
    keeps(filter?.roles, role) &&
    keeps(filter?.statuses, status) &&
    (!filter?.email || email === filter.email) &&
    (!filter?.loginProvider || LoginProviderKind[filter.loginProvider]?.toLowerCase() === loginProvider) &&
    !filter?.excludeGroupIds.some(isIn) &&
    !(
      filter?.excludeMembersInAnyTeam &&
      [...world.teamMembers.rows.values()].some(({ remote }) => remote.userId === userId)
    ) &&
    mentions(filter?.search, fullName, email)
  );
}

/** The order that a request asks for; nothing means the order in which the people joined. */
function orderOf({ sort }: ListMembersRequest) {
  const sign = sort?.order === SortOrder.DESC ? -1 : 1;
  const since = ({ memberSince }: OrganizationMember) => (memberSince === undefined ? 0 : timestampMs(memberSince));
  return (one: OrganizationMember, other: OrganizationMember): number =>
    sign * (sort?.field === Field.NAME ? one.fullName.localeCompare(other.fullName) : since(one) - since(other));
}
