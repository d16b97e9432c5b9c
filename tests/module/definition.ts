import { TeamsService } from "../../proto/gen/gitpod/experimental/v1/teams_pb";
import { WorkspacesService } from "../../proto/gen/gitpod/experimental/v1/workspaces_pb";
import { defineFunction } from "../../provider/functions/define-function";
import { defineResource } from "../../provider/model/definition";

const teams = TeamsService.method;

/** A kind of the module, with a name that `index` has as well; its lists come without pages. */
export const team = defineResource({
  module: "experimental",
  kind: "Team",
  create: teams.createTeam,
  get: teams.getTeam,
  list: teams.listTeams,
  delete: teams.deleteTeam,
  required: ["name"],
});

/** A function of the module whose answer has more than what it gives. */
export const listWorkspaces = defineFunction({
  module: "experimental",
  name: "listWorkspaces",
  method: WorkspacesService.method.listWorkspaces,
  hidden: ["fieldMask"],
  gives: "result",
  reads: true,
});
