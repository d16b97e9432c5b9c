import { create, type MessageInitShape } from "@bufbuild/protobuf";
import {
  DeleteTeamMemberRequestSchema,
  ListTeamMembersRequestSchema,
  type TeamMember,
  TeamsService,
  UpdateTeamMemberRequestSchema,
} from "../../../../proto/gen/gitpod/experimental/v1/teams_pb";
import {
  type TeamMemberSchema,
  TeamMemberService,
} from "../../../../proto/gen/provider/experimental/v1/team_member_pb";
import { ownCall } from "../../../client/own-call";

const teams = TeamsService.method;
const memberships = TeamMemberService.method;

/** Lists the members of a team, with what says whose they are. */
export const listTeamMembers = ownCall(memberships.listTeamMembers, async (client, { teamId }, options) => {
  const request = create(ListTeamMembersRequestSchema, { teamId });
  const { members } = await client.call(teams.listTeamMembers, request, options);
  return { members: members.map((member) => inTeam(teamId, member)) };
});

/** Gives a user a role in a team; answers what was asked, as the API does. */
export const setTeamMember = ownCall(memberships.setTeamMember, async (client, { teamId, userId, role }, options) => {
  const request = create(UpdateTeamMemberRequestSchema, { teamId, teamMember: { userId, role } });
  const { teamMember } = await client.call(teams.updateTeamMember, request, options);
  return { ...(teamMember && { teamMember: inTeam(teamId, teamMember) }) };
});

/** Removes a member from a team. */
export const removeTeamMember = ownCall(memberships.removeTeamMember, async (client, { teamId, userId }, options) => {
  const request = create(DeleteTeamMemberRequestSchema, { teamId, teamMemberId: userId });
  await client.call(teams.deleteTeamMember, request, options);
  return {};
});

/** Says whose member somebody is, and leaves out what people change by themselves. */
const inTeam = (
  teamId: string,
  { $typeName: _, $unknown: __, avatarUrl: ___, fullName: ____, ...member }: TeamMember,
): MessageInitShape<typeof TeamMemberSchema> => ({ ...member, teamId });
