import type { MessageInitShape } from "@bufbuild/protobuf";
import { Code, ConnectError, type ServiceImpl } from "@connectrpc/connect";
import { TeamRole, type TeamSchema, type TeamsService } from "../../proto/gen/gitpod/experimental/v1/teams_pb";
import { type Caller, callerOf } from "../caller";
import { remove } from "../change";
import { denied, invalid, notFound } from "../refusal";
import type { Site } from "../site";
import type { ClassicTeamRow } from "../world";
import { addTeam, addTeamMember, memberKey } from "./seed";
import { enter, enterAsOwner, enterToRead, hasOtherOwner, isCollaborator, membersOf } from "./team-access";
import { invitationCalls } from "./team-invitation";
import { memberCalls, viewMember } from "./team-member";

/** Answers the calls of the teams service of Classic. */
export function teamsService(site: Site): ServiceImpl<typeof TeamsService> {
  const { classicTeams: table, classicTeamMembers, classicUsers } = site.world;
  const accountOf = (caller: Caller) => classicUsers.rows.get(caller.id)?.owed.teamId;
  return {
    createTeam: (request, context) => {
      const caller = callerOf(context);
      const name = request.name.trim();
      if (name.length < 3 || name.length > 64) {
        throw invalid("name: must have 3 to 64 characters");
      }
      if (accountOf(caller) !== undefined) {
        throw denied("an account that belongs to an organization creates none");
      }
      const team = addTeam(site, { id: site.newId(), name, ownerId: caller.id });
      if (name.includes("refused-late")) {
        throw new ConnectError("the team was made, and then the server failed", Code.Internal);
      }
      return { team: viewTeam(site, caller, team) };
    },

    getTeam: ({ teamId }, context) => {
      const caller = callerOf(context);
      return { team: viewTeam(site, caller, enterToRead(site, caller, teamId).team) };
    },

    listTeams: (_request, context) => {
      const caller = callerOf(context);
      const mine = [...classicTeamMembers.rows.values()].filter(({ remote }) => remote.userId === caller.id);
      if (mine.some(isCollaborator)) {
        throw denied("a collaborator cannot read a team");
      }
      return { teams: mine.map(({ owner }) => viewTeam(site, caller, enter(site, caller, owner.organizationId).team)) };
    },

    deleteTeam: ({ teamId }, context) => {
      const caller = callerOf(context);
      const { team } = enterAsOwner(site, caller, teamId);
      if (accountOf(caller) === teamId) {
        throw denied("an account that belongs to an organization does not delete it");
      }
      // `classic-team-deleted`: Facts are silent on workspaces of a team that goes; the emulator leaves them to their
      // owners.
      if (!team.owed.deletesFail) {
        remove(site, table, team);
      }
      return {};
    },

    joinTeam: ({ invitationId }, context) => {
      const caller = callerOf(context);
      if (invitationId === "") {
        throw invalid("invitation_id: is required");
      }
      if (accountOf(caller) !== undefined) {
        throw denied("an account that belongs to an organization joins no other");
      }
      const team = [...table.rows.values()].find(({ remote }) => remote.teamInvitation?.id === invitationId);
      if (team === undefined || team.owed.singleSignOn) {
        throw notFound("invitation", invitationId);
      }
      if (!classicTeamMembers.rows.has(memberKey(team.id, caller.id))) {
        const role = hasOtherOwner(site, team.id, caller.id) ? team.owed.defaultRole : TeamRole.OWNER;
        addTeamMember(site, team.id, caller.id, role);
      }
      return { team: viewTeam(site, caller, enterToRead(site, caller, team.id).team) };
    },

    ...invitationCalls(site),
    ...memberCalls(site),
  };
}

/** A team as a member sees it: with its invitation for owners of a team without single sign-on. */
function viewTeam(site: Site, caller: Caller, { remote, owed }: ClassicTeamRow): MessageInitShape<typeof TeamSchema> {
  const members = membersOf(site, remote.id);
  const isOwner = members.some((row) => row.remote.userId === caller.id && row.remote.role === TeamRole.OWNER);
  const { id, name, teamInvitation } = remote;
  return {
    id,
    name,
    members: members.map((row) => viewMember(site, row)),
    ...(isOwner && !owed.singleSignOn && teamInvitation !== undefined ? { teamInvitation } : {}),
  };
}
