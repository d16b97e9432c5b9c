import type { ServiceImpl } from "@connectrpc/connect";
import { LoginProviderKind } from "../../proto/gen/gitpod/v1/login_provider_pb";
import type { OrganizationService } from "../../proto/gen/gitpod/v1/organization_pb";
import { mentions } from "../message";
import { keeps } from "../page";
import { plainCalls } from "../plain";
import type { Site } from "../site";
import { customDomainCalls } from "./custom-domain";
import { signInCalls } from "./sign-in";

/** Answers the calls of the organization service; what it is set to can be read, and its sign-in be changed. */
export function organizationService(site: Site): Partial<ServiceImpl<typeof OrganizationService>> {
  const organizations = plainCalls(site, site.world.organizations);
  const policies = plainCalls(site, site.world.organizationPolicies);
  const members = plainCalls(site, site.world.members);
  return {
    ...signInCalls(site),
    ...customDomainCalls(site),

    getOrganization: ({ organizationId }, context) => ({ organization: organizations.get(organizationId, context) }),
    getOrganizationPolicies: ({ organizationId }, context) => ({ policies: policies.get(organizationId, context) }),
    listMembers: (request, context) => {
      const { filter } = request;
      return members.list(
        request,
        context,
        (items) => ({ members: items }),
        ({ userId, role, status, fullName, email, loginProvider }) =>
          keeps(filter?.userIds, userId) &&
          keeps(filter?.roles, role) &&
          keeps(filter?.statuses, status) &&
          (!filter?.email || email === filter.email) &&
          (!filter?.loginProvider || LoginProviderKind[filter.loginProvider]?.toLowerCase() === loginProvider) &&
          mentions(filter?.search, fullName, email),
      );
    },
  };
}
