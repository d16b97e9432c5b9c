import { TeamService } from "../../proto/gen/gitpod/v1/team_pb";
import { defineResource } from "../model/definition";

const teams = TeamService.method;

/**
 * A user in a team. A user is in one team at most, so that moving to another one leaves the first team before.
 *
 * Import it as `TEAM/USER`.
 */
export const teamMember = defineResource({
  kind: "TeamMember",
  address: ["teamId", "userId"],
  create: teams.addTeamMember,
  list: teams.listTeamMembers,
  within: ["teamId"],
  delete: teams.removeTeamMember,
  required: ["teamId", "userId"],
  naturalKey: ["userId"],
  volatile: ["name", "avatarUrl"],
});
