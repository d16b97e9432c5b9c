import { OrganizationService } from "../../proto/gen/gitpod/v1/organization_pb";
import { defineResource } from "../model/definition";

const organizations = OrganizationService.method;

/**
 * What is in the tokens with which environments of the organization sign in elsewhere.
 *
 * The organization always has one: `up` takes it over as it is, and a destroy gives back what was there before. An
 * organization on `v2` stays there until `v3` is stated. Import it as `current`.
 */
export const oidcConfig = defineResource({
  kind: "OidcConfig",
  address: ["organizationId"],
  get: organizations.getOIDCConfig,
  update: organizations.updateOIDCConfig,
  delete: "restore",
  required: ["oidcConfig"],
});
