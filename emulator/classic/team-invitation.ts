import { create } from "@bufbuild/protobuf";
import { Code, ConnectError, type ServiceImpl } from "@connectrpc/connect";
import { TeamInvitationSchema, type TeamsService } from "../../proto/gen/gitpod/experimental/v1/teams_pb";
import { type Caller, callerOf } from "../caller";
import { changed } from "../change";
import { notFound } from "../refusal";
import type { Site } from "../site";
import type { ClassicTeamRow } from "../world";
import { enterAsOwner } from "./team-access";

/** Answers the calls of the teams service that concern the invitation. */
export function invitationCalls(
  site: Site,
): Pick<ServiceImpl<typeof TeamsService>, "getTeamInvitation" | "resetTeamInvitation"> {
  return {
    getTeamInvitation: ({ teamId }, context) => {
      const team = inviting(site, callerOf(context), teamId);
      return { teamInvitation: team.remote.teamInvitation ?? renew(site, team) };
    },

    resetTeamInvitation: ({ teamId }, context) => {
      try {
        return { teamInvitation: renew(site, inviting(site, callerOf(context), teamId)) };
      } catch {
        throw new ConnectError("failed to reset the invitation", Code.Internal);
      }
    },
  };
}

/** Finds a team for who may invite to it. */
function inviting(site: Site, caller: Caller, teamId: string): ClassicTeamRow {
  const { team } = enterAsOwner(site, caller, teamId);
  if (team.owed.singleSignOn) {
    throw notFound("invitation of team", teamId);
  }
  return team;
}

function renew(site: Site, team: ClassicTeamRow) {
  const invitation = create(TeamInvitationSchema, { id: site.newId() });
  team.remote.teamInvitation = invitation;
  changed(site, site.world.classicTeams, team);
  return invitation;
}
