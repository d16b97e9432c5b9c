import { OrganizationService } from "../../proto/gen/gitpod/v1/organization_pb";
import { TriggerInputsSchema } from "../../proto/gen/provider/v1/trigger_pb";
import { defineResource } from "../model/definition";

const organizations = OrganizationService.method;

/**
 * The link by which people join the organization, told once as `inviteId`; there is one at a time.
 *
 * Making one ends all earlier ones, and so does a change of `triggers`. A destroy ends it by making one that nobody knows.
 * Whoever has `inviteId` may join, so that it is a secret. It cannot be imported.
 */
export const organizationInvite = defineResource({
  kind: "OrganizationInvite",
  address: ["organizationId"],
  create: organizations.createOrganizationInvite,
  get: organizations.getOrganizationInviteSummary,
  delete: organizations.createOrganizationInvite,
  own: TriggerInputsSchema,
  once: { inviteId: "answer" },
});
