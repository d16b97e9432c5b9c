import type { MessageInitShape } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import { type TeamMemberSchema, TeamRole, type TeamsService } from "../../proto/gen/gitpod/experimental/v1/teams_pb";
import { callerOf } from "../caller";
import { changed, remove } from "../change";
import { denied, invalid, notFound, taken } from "../refusal";
import type { Site } from "../site";
import type { ClassicTeamMemberRow } from "../world";
import { addTeamMember, memberKey } from "./seed";
import { enter, enterAsOwner, enterToRead, hasOtherOwner, membersOf, requireUuid } from "./team-access";

/** Answers the calls of the teams service that concern members. */
export function memberCalls(
  site: Site,
): Pick<ServiceImpl<typeof TeamsService>, "listTeamMembers" | "updateTeamMember" | "deleteTeamMember"> {
  const { classicTeamMembers: table, classicUsers } = site.world;
  return {
    listTeamMembers: ({ teamId }, context) => {
      enterToRead(site, callerOf(context), teamId);
      return { members: membersOf(site, teamId).map((row) => viewMember(site, row)) };
    },

    // The answer repeats the request, whatever was stored.
    updateTeamMember: ({ teamId, teamMember }, context) => {
      const { userId = "", role = TeamRole.UNSPECIFIED } = teamMember ?? {};
      requireUuid("team_id", teamId);
      requireUuid("team_member.user_id", userId);
      if (role === TeamRole.UNSPECIFIED) {
        throw invalid("team_member.role: is required");
      }
      enterAsOwner(site, callerOf(context), teamId);
      setRole(site, teamId, userId, role);
      return teamMember === undefined ? {} : { teamMember };
    },

    deleteTeamMember: ({ teamId, teamMemberId }, context) => {
      const caller = callerOf(context);
      requireUuid("team_member_id", teamMemberId);
      const { me } = enter(site, caller, teamId);
      if (me.remote.role !== TeamRole.OWNER && caller.id !== teamMemberId) {
        throw denied(`only owners remove others from team ${teamId}`);
      }
      const row = table.rows.get(memberKey(teamId, teamMemberId));
      if (row === undefined) {
        throw notFound(table.noun, teamMemberId);
      }
      if (!hasOtherOwner(site, teamId, teamMemberId)) {
        throw taken(`team ${teamId} keeps its last owner`);
      }
      const account = classicUsers.rows.get(teamMemberId);
      if (account?.owed.teamId === teamId) {
        remove(site, classicUsers, account);
      } else {
        remove(site, table, row);
      }
      return {};
    },
  };
}

/** Gives a user a role, who is added where needed; owner whatever is asked, while there is no other owner. */
export function setRole(site: Site, teamId: string, userId: string, asked: TeamRole): void {
  const { classicTeamMembers: table, classicUsers } = site.world;
  const role = hasOtherOwner(site, teamId, userId) ? asked : TeamRole.OWNER;
  const row = table.rows.get(memberKey(teamId, userId));
  if (row !== undefined) {
    row.remote.role = role;
    changed(site, table, row);
  } else if (classicUsers.rows.has(userId)) {
    addTeamMember(site, teamId, userId, role);
  }
}

/** A member as the API shows it. */
export function viewMember(
  site: Site,
  { remote, owner }: ClassicTeamMemberRow,
): MessageInitShape<typeof TeamMemberSchema> {
  const user = site.world.classicUsers.rows.get(remote.userId);
  return {
    ...site.world.classicTeamMembers.copy(remote),
    avatarUrl: user?.remote.avatarUrl ?? "",
    fullName: user?.remote.name ?? "",
    primaryEmail: user?.owed.email ?? "",
    ownedByOrganization: user?.owed.teamId === owner.organizationId,
  };
}
