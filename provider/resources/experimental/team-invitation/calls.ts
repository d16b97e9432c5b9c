import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import {
  GetTeamInvitationRequestSchema,
  GetTeamRequestSchema,
  ResetTeamInvitationRequestSchema,
  TeamsService,
} from "../../../../proto/gen/gitpod/experimental/v1/teams_pb";
import { TeamInvitationService } from "../../../../proto/gen/provider/experimental/v1/team_invitation_pb";
import type { CallOptions, Client } from "../../../client/client";
import { orAbsent } from "../../../client/error/absence";
import { ownCall } from "../../../client/own-call";

const teams = TeamsService.method;
const invitations = TeamInvitationService.method;

/** Reads the invitation of a team. */
export const getTeamInvitation = ownCall(invitations.getTeamInvitation, async (client, { teamId }, options) => ({
  teamInvitation: { teamId, invitationId: await current(client, teamId, options) },
}));

/**
 * Makes a new invitation. The server calls every failure internal, whether or not it has made one: a read before the call
 * says what is wrong, and one after a failure whether there is another invitation.
 */
export const resetTeamInvitation = ownCall(
  invitations.resetTeamInvitation,
  async (client, { teamId }, { signal, ...options }) => {
    const before = await current(client, teamId, { signal }).catch((error) => explained(client, teamId, error));
    const request = create(ResetTeamInvitationRequestSchema, { teamId });
    const invitationId = await client.call(teams.resetTeamInvitation, request, { signal, ...options }).then(
      (answer) => answer.teamInvitation?.id ?? "",
      async (error) => {
        const now = await current(client, teamId, { signal }).catch(() => before);
        if (now === before) throw error;
        return now;
      },
    );
    return { teamInvitation: { teamId, invitationId } };
  },
);

async function current(client: Client, teamId: string, { signal }: CallOptions): Promise<string> {
  const request = create(GetTeamInvitationRequestSchema, { teamId });
  const answer = await client.call(teams.getTeamInvitation, request, { signal });
  return answer.teamInvitation?.id ?? "";
}

/** The server does not find an invitation where the team is not there, and where it signs in otherwise. */
async function explained(client: Client, teamId: string, error: unknown): Promise<never> {
  const isAbsent = ConnectError.from(error).code === Code.NotFound;
  const request = create(GetTeamRequestSchema, { teamId });
  const team = isAbsent ? await orAbsent(client.call(teams.getTeam, request)) : undefined;
  if (!team) throw error;
  throw new ConnectError("the team has single sign-on, and so no invitation", Code.FailedPrecondition);
}
