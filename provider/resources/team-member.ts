import { TeamService } from "../../proto/gen/gitpod/v1/team_pb";
import { defineResource } from "../model/definition";

const teams = TeamService.method;

/**
 * A user in a team. A user is in one team at most, so moving to another team leaves the first one before.
 *
 * An equal membership that exists is taken over. If somebody removes the user and adds them again, nothing changes.
 * Deleting the team ends its memberships. The permissions are `teammembership:create`, `teammembership:read` and
 * `teammembership:delete`; without the one to read, the member may look deleted.
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
