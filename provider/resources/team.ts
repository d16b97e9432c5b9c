import { TeamService } from "../../proto/gen/gitpod/v1/team_pb";
import { defineResource } from "../model/definition";

const teams = TeamService.method;

/**
 * A set of users whose spending on agents is planned and shown together; it gives them no rights.
 *
 * Deleting a team ends the memberships of all its members. The permissions are `team:create` on the organization, and
 * `team:read`, `team:update` and `team:delete` on the team; without the one to read, the team may look deleted.
 */
export const team = defineResource({
  kind: "Team",
  create: teams.createTeam,
  get: teams.getTeam,
  list: teams.listTeams,
  update: teams.updateTeam,
  delete: teams.deleteTeam,
  required: ["name"],
  volatile: ["memberCount", "updatedAt"],
});
