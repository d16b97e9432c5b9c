import { TriggerInputsSchema } from "../../../proto/gen/provider/v1/trigger_pb";
import { defineResource } from "../../model/definition";
import { getTeamInvitation, resetTeamInvitation } from "./team-invitation/calls";

/**
 * The link by which people join a team of Gitpod Classic, told as `invitationId`; there is one at a time.
 *
 * Making one ends the earlier one, and so does a change of `triggers`. Where somebody has made another one since, a refresh
 * finds this one gone, and the next `up` makes one again. A destroy ends it by making one that nobody knows. Whoever has
 * `invitationId` may join, so that it is a secret. The token has to be an owner's, and a team with single sign-on has no
 * invitation. Import it as the id of the team.
 */
export const teamInvitation = defineResource({
  module: "experimental",
  kind: "TeamInvitation",
  address: ["teamId"],
  create: resetTeamInvitation,
  get: getTeamInvitation,
  delete: resetTeamInvitation,
  own: TriggerInputsSchema,
  once: { invitationId: "answer" },
  required: ["teamId"],
  creatorOnly: true,
});
