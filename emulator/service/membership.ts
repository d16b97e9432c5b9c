import type { ServiceImpl } from "@connectrpc/connect";
import type { GroupMembership, GroupService } from "../../proto/gen/gitpod/v1/group_pb";
import { Principal, type Subject } from "../../proto/gen/gitpod/v1/identity_pb";
import { type Caller, callerOf, find, visible } from "../caller";
import { mentions } from "../message";
import { plainCalls } from "../plain";
import { invalid, notFound, precondition } from "../refusal";
import type { Site } from "../site";

/** Answers the calls of the group service that concern members. */
export function membershipCalls(
  site: Site,
): Pick<
  ServiceImpl<typeof GroupService>,
  "createMembership" | "getMembership" | "listMemberships" | "deleteMembership"
> {
  const { groups, groupMemberships: table } = site.world;
  const memberships = plainCalls(site, table, {
    settle: ({ groupId, subject }, caller) => {
      find(groups, caller, groupId);
      nameOf(site, caller, subject);
    },
    key: ({ groupId, subject }) => `group ${groupId} and ${labelOf(subject)}`,
    changeable: ({ remote: { groupId } }) => {
      const others = [...table.rows.values()].filter(({ remote }) => remote.groupId === groupId);
      // `administrator-last`: Facts are silent; without this anybody could lock everybody out, as the last admin cannot
      // with SetRole.
      if (groups.rows.get(groupId)?.remote.systemManaged === true && others.length === 1) {
        throw precondition(`group ${groupId} keeps its last member`);
      }
    },
    show: (shown) => {
      const { subject } = shown;
      const person = site.world.members.rows.get(subject?.id ?? "")?.remote;
      const account = site.world.serviceAccounts.rows.get(subject?.id ?? "")?.remote;
      const name = subject?.principal === Principal.USER ? person?.fullName : account?.name;
      Object.assign(shown, { name: name ?? "", avatarUrl: person?.avatarUrl ?? "" });
    },
  });
  return {
    createMembership: (request, context) => ({ member: memberships.add(request, context, null) }),
    getMembership: ({ groupId, subject }, context) => {
      const caller = callerOf(context);
      find(groups, caller, groupId);
      const row = visible(table, caller).find(
        ({ remote }) => remote.groupId === groupId && labelOf(remote.subject) === labelOf(subject),
      );
      if (row === undefined) {
        throw notFound("membership", `of ${labelOf(subject)} in group ${groupId}`);
      }
      return { member: memberships.view(row) };
    },
    listMemberships: (request, context) => {
      const caller = callerOf(context);
      find(groups, caller, request.groupId);
      return memberships.list(
        request,
        context,
        (items) => ({ members: items }),
        ({ groupId, subject }) =>
          groupId === request.groupId && mentions(request.filter?.search, nameOf(site, caller, subject)),
      );
    },
    deleteMembership: ({ membershipId }, context) => memberships.drop(membershipId, context),
  };
}

/** The name of a party that can be in groups; others are refused, and so is one that does not exist. */
function nameOf({ world }: Site, caller: Caller, subject: Subject | undefined): string {
  switch (subject?.principal) {
    case Principal.USER:
      return find(world.members, caller, subject.id).remote.fullName;
    case Principal.SERVICE_ACCOUNT:
      return find(world.serviceAccounts, caller, subject.id).remote.name;
    default:
      throw invalid("subject.principal: only users and service accounts can be members");
  }
}

function labelOf(subject: GroupMembership["subject"]): string {
  const { principal = Principal.UNSPECIFIED, id = "" } = subject ?? {};
  return `${Principal[principal]} ${id}`;
}
