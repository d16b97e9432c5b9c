import { OrganizationService } from "../../proto/gen/gitpod/v1/organization_pb";
import { defineResource } from "../model/definition";

const organizations = OrganizationService.method;

/**
 * The organization of the token: its name, and the domains whose people may join.
 *
 * It is never created or deleted: `up` takes it over as it is, and a destroy gives back what was there before. Import it as
 * `current`.
 */
export const organization = defineResource({
  kind: "Organization",
  address: ["organizationId"],
  get: organizations.getOrganization,
  update: organizations.updateOrganization,
  delete: "restore",
  volatile: ["updatedAt"],
});
