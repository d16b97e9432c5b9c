import { OrganizationService } from "../../proto/gen/gitpod/v1/organization_pb";
import { defineResource } from "../model/definition";

const organizations = OrganizationService.method;

/**
 * The organization's own domain for its environments. There is one for each organization.
 *
 * An equal one that exists is taken over, and any other refused. Removing `cloudAccountId` replaces the domain.
 *
 * Import it as `current`.
 */
export const customDomain = defineResource({
  kind: "CustomDomain",
  address: ["organizationId"],
  create: organizations.createCustomDomain,
  get: organizations.getCustomDomain,
  update: organizations.updateCustomDomain,
  delete: organizations.deleteCustomDomain,
  required: ["domainName", "provider"],
  deprecated: ["awsAccountId"],
  repeatedIn: { cloudAccountId: ["awsAccountId"] },
  cannotClear: { cloudAccountId: "replace" },
  volatile: ["updatedAt"],
});
