import type { ServiceImpl } from "@connectrpc/connect";
import type { TeamService } from "../../proto/gen/gitpod/v1/team_pb";
import { callerOf, find, visible } from "../caller";
import { mentions } from "../message";
import { plainCalls } from "../plain";
import { taken } from "../refusal";
import type { Site } from "../site";

/** Answers the calls of the team service. */
export function teamService(site: Site): Partial<ServiceImpl<typeof TeamService>> {
  const { teams: table, teamMembers, members: people } = site.world;
  const teams = plainCalls(site, table, {
    show: (team) => {
      team.memberCount = [...teamMembers.rows.values()].filter(({ remote }) => remote.teamId === team.id).length;
    },
  });
  const members = plainCalls(site, teamMembers, {
    settle: ({ teamId, userId }, caller) => {
      find(table, caller, teamId);
      find(people, caller, userId);
      // The refusal names the present team, so that it is told apart from one of the same team.
      const present = visible(teamMembers, caller).find(({ remote }) => remote.userId === userId);
      if (present !== undefined) {
        throw taken(`user ${userId} is in team ${present.remote.teamId} already`);
      }
    },
    show: (member) => {
      const person = people.rows.get(member.userId)?.remote;
      Object.assign(member, { name: person?.fullName ?? "", avatarUrl: person?.avatarUrl ?? "" });
    },
  });
  return {
    createTeam: (request, context) => ({ team: teams.add(request, context, null) }),
    getTeam: ({ teamId }, context) => ({ team: teams.get(teamId, context) }),
    listTeams: (request, context) =>
      teams.list(
        request,
        context,
        (items) => ({ teams: items }),
        ({ name }) => mentions(request.filter?.search, name),
      ),
    updateTeam: (request, context) => ({ team: teams.change(request.teamId, request, context) }),
    deleteTeam: ({ teamId }, context) => teams.drop(teamId, context),

    addTeamMember: (request, context) => ({ member: members.add(request, context, null) }),
    removeTeamMember: ({ teamMemberId }, context) => members.drop(teamMemberId, context),
    listTeamMembers: (request, context) => {
      find(table, callerOf(context), request.teamId);
      return members.list(
        request,
        context,
        (items) => ({ members: items }),
        ({ teamId }) => teamId === request.teamId,
      );
    },
  };
}
