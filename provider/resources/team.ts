import { TeamService } from "../../proto/gen/gitpod/v1/team_pb";
import { defineResource } from "../model/definition";

const teams = TeamService.method;

/**
 * A set of users whose spending on agents is planned and shown together. A user is in one team at most: {@link TeamMember}.
 *
 * Deleting a team ends the memberships of all its members.
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
