import { OrganizationService } from "../../proto/gen/gitpod/v1/organization_pb";
import { defineResource } from "../model/definition";

const organizations = OrganizationService.method;

/**
 * What an organization lets its members do.
 *
 * Only what the program states is managed. The organization always has policies: `up` takes them over as they are. Removing
 * an input or destroying the resource gives back what was there before it was first managed, and with it which of
 * `membersCreateProjects` and `membersRequireProjects` the server has ended as the other one began.
 *
 * Import them as `current`.
 */
export const organizationPolicies = defineResource({
  kind: "OrganizationPolicies",
  address: ["organizationId"],
  get: organizations.getOrganizationPolicies,
  update: organizations.updateOrganizationPolicies,
  delete: "restore",
  deprecated: ["agentPolicy.allowedCodexModels"],
  // `organization-policy-exclusive`: (?) That one of them ends where the other one begins.
  coupled: [["membersCreateProjects", "membersRequireProjects"]],
  sets: ["allowedEditorIds", "agentPolicy.commandDenyList", "agentPolicy.allowedAgentIds"],
});
