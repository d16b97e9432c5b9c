import { OrganizationService } from "../../proto/gen/gitpod/v1/organization_pb";
import { defineResource } from "../model/definition";

const organizations = OrganizationService.method;

/**
 * The terms that members of the organization accept before they use it.
 *
 * Each changed text publishes a version that stays forever, and everybody is asked again; an equal text does not. The
 * organization always has terms: `up` takes them over as they are, and a destroy turns them off. Import them as `current`.
 */
export const termsOfService = defineResource({
  kind: "TermsOfService",
  address: ["organizationId"],
  get: organizations.getTermsOfService,
  update: organizations.updateTermsOfService,
  delete: { with: { enabled: false } },
  readAt: { markdown: "currentVersion.markdown" },
  cannotClear: { markdown: "leave" },
  volatile: ["currentUserAcceptance"],
});
