import type { ServiceImpl } from "@connectrpc/connect";
import type { OrganizationService } from "../../proto/gen/gitpod/v1/organization_pb";
import { plainCalls } from "../plain";
import { invalid } from "../refusal";
import type { Site } from "../site";
import { customDomainCalls } from "./custom-domain";
import { inviteCalls } from "./invite";
import { memberCalls } from "./member";
import { organizationPolicyCalls } from "./organization-policy";
import { organizationSettingCalls } from "./organization-setting";
import { signInCalls } from "./sign-in";

/** Answers the calls of the organization service; organizations are neither made nor deleted, nor joined and left. */
export function organizationService(site: Site): Partial<ServiceImpl<typeof OrganizationService>> {
  const organizations = plainCalls(site, site.world.organizations, {
    settle: (organization) => {
      if (organization.name === "") {
        throw invalid("name: an organization has one");
      }
      if (organization.inviteDomains?.domains.length === 0) {
        delete organization.inviteDomains;
      }
    },
  });
  return {
    ...signInCalls(site),
    ...customDomainCalls(site),
    ...inviteCalls(site),
    ...memberCalls(site),
    ...organizationPolicyCalls(site),
    ...organizationSettingCalls(site),

    getOrganization: ({ organizationId }, context) => ({ organization: organizations.get(organizationId, context) }),
    updateOrganization: (request, context) => ({
      organization: organizations.change(request.organizationId, request, context),
    }),
  };
}
