import { TeamMemberInputsSchema } from "../../../proto/gen/provider/experimental/v1/team_member_pb";
import { defineResource } from "../../model/definition";
import { listTeamMembers, removeTeamMember, setTeamMember } from "./team-member/calls";
import { composed } from "./team-member/composed";

/**
 * A user in a team of Gitpod Classic, and the role there; `role` changes in place.
 *
 * An equal membership that exists is taken over. The token has to be an owner's. A team keeps its last owner: whatever else
 * that one is asked to be is an error, and a deletion leaves the membership to go with the team, as it does with that of an
 * owner whose token this is. The role of a collaborator is none that can be stated, and shows as unspecified. Where the
 * account belongs to the team, the server deletes the account of the person with the membership, which needs
 * `deleteAccount`. Import it as `TEAM/USER`.
 */
export const teamMember = defineResource({
  module: "experimental",
  kind: "TeamMember",
  address: ["teamId", "userId"],
  create: setTeamMember,
  list: listTeamMembers,
  within: ["teamId"],
  update: setTeamMember,
  delete: removeTeamMember,
  composed,
  own: TeamMemberInputsSchema,
  passive: ["deleteAccount"],
  required: ["teamId", "userId", "role"],
  creatorOnly: true,
  guard: { counts: { ownedByOrganization: "an account that belongs to the team" }, unless: "deleteAccount" },
  grantsRights: true,
  unmanaged: { role: { "": "It is a collaborator, whose role no program can state." } },
});
