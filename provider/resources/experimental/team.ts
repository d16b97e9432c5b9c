import { TeamsService } from "../../../proto/gen/gitpod/experimental/v1/teams_pb";
import { TeamInputsSchema } from "../../../proto/gen/provider/experimental/v1/team_pb";
import { defineResource } from "../../model/definition";

const teams = TeamsService.method;

/**
 * A team of Gitpod Classic, which later pages call an organization. The user of the token becomes its first owner.
 *
 * A deletion, and a new `name`, which replaces, destroy the projects of the team as well, which nothing counts here: the
 * option `protect` keeps a team that matters. With other members in it that needs `discardMembers`. The server tells who
 * has been put out of a team that there is none, so that a refresh with the token of such a user finds it deleted, and
 * the next `up` makes another one. To whom is a collaborator in any team the server refuses the list of all teams, by
 * which a create looks for what an interrupted run has left: `adopt: ""` does without it.
 */
export const team = defineResource({
  module: "experimental",
  kind: "Team",
  create: teams.createTeam,
  get: teams.getTeam,
  list: teams.listTeams,
  delete: teams.deleteTeam,
  own: TeamInputsSchema,
  passive: ["discardMembers"],
  required: ["name"],
  volatile: ["slug", "members", "teamInvitation"],
  creatorOnly: true,
  guard: { counts: { members: "other members" }, unless: "discardMembers" },
  lingers: true,
  timeouts: { create: 60, update: 60, delete: 120 },
});
