import { OrganizationService } from "../../proto/gen/gitpod/v1/organization_pb";
import { defineResource } from "../model/definition";

const organizations = OrganizationService.method;

/**
 * How the members of the organization sign in with their own identity provider.
 *
 * The mail domains must be verified first: {@link DomainVerification}. Set `emailDomains` or `emailDomain`, not both. A
 * preview refuses to remove the domains or `claims`, since the API cannot, and a replacement ends everybody's sign-in.
 * So does a destroy: set the resource option `protect`. Removing `state` leaves it as it is.
 */
export const ssoConfiguration = defineResource({
  kind: "SsoConfiguration",
  create: organizations.createSSOConfiguration,
  get: organizations.getSSOConfiguration,
  list: organizations.listSSOConfigurations,
  update: organizations.updateSSOConfiguration,
  delete: organizations.deleteSSOConfiguration,
  updateOnly: ["state", "claims"],
  required: ["clientId", "clientSecret", "issuerUrl"],
  sensitive: ["clientSecret"],
  cannotClear: { emailDomain: "refuse", emailDomains: "refuse", claims: "refuse", state: "leave" },
  unmanaged: { providerType: { PROVIDER_TYPE_BUILTIN: "It is the platform's own." } },
});
