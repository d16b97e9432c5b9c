import { OrganizationService } from "../../proto/gen/gitpod/v1/organization_pb";
import { defineResource } from "../model/definition";

const organizations = OrganizationService.method;

/**
 * The proof that a mail domain belongs to the organization, which sign-in by an identity provider needs.
 *
 * Publish the output `verificationToken` as a DNS TXT record of the domain, then call `verifyDomain`. Until then
 * `state` is pending, and `up` does not wait for it. An organization can verify a domain once.
 */
export const domainVerification = defineResource({
  kind: "DomainVerification",
  create: organizations.createDomainVerification,
  get: organizations.getDomainVerification,
  list: organizations.listDomainVerifications,
  delete: organizations.deleteDomainVerification,
  required: ["domain"],
  naturalKey: ["domain"],
});
