import type { ServiceImpl } from "@connectrpc/connect";
import type { OrganizationService, UpdateOrganizationPoliciesRequest } from "../../proto/gen/gitpod/v1/organization_pb";
import { type Caller, callerOf, maySee } from "../caller";
import { plainCalls } from "../plain";
import { invalid } from "../refusal";
import type { Site } from "../site";

/** Answers the calls about the policies of an organization, which are kept and enforced nowhere. */
export function organizationPolicyCalls(
  site: Site,
): Pick<ServiceImpl<typeof OrganizationService>, "getOrganizationPolicies" | "updateOrganizationPolicies"> {
  const policies = plainCalls(site, site.world.organizationPolicies);
  return {
    getOrganizationPolicies: ({ organizationId }, context) => ({ policies: policies.get(organizationId, context) }),
    updateOrganizationPolicies: (request, context) => {
      const { organizationId, membersRequireProjects = false, membersCreateProjects = false } = request;
      checkNamed(site, callerOf(context), request);
      // `organization-policy-exclusive`: Facts are silent on how the two hang together; the emulator lets one be true
      // at most.
      const isFree = site.otherwise("organization-policy-exclusive");
      if (membersRequireProjects && membersCreateProjects && !isFree) {
        throw invalid("members_require_projects, members_create_projects: one of them can be true");
      }
      policies.change(organizationId, request, context, ({ remote }) => {
        remote.membersRequireProjects &&= isFree || !membersCreateProjects;
        remote.membersCreateProjects &&= isFree || !membersRequireProjects;
      });
      return {};
    },
  };
}

/** Refuses the ids of a security policy and of a group that nothing has. */
function checkNamed({ world }: Site, caller: Caller, request: UpdateOrganizationPoliciesRequest): void {
  const { securityPolicyId = "", agentPolicy } = request;
  const { scmToolsAllowedGroupId: groupId = "" } = agentPolicy ?? {};
  const policy = world.securityPolicies.rows.get(securityPolicyId);
  const group = world.groups.rows.get(groupId);
  if (securityPolicyId !== "" && (policy === undefined || !maySee(world.securityPolicies, caller, policy))) {
    throw invalid(`security_policy_id: there is no security policy ${securityPolicyId}`);
  }
  if (groupId !== "" && (group === undefined || !maySee(world.groups, caller, group))) {
    throw invalid(`agent_policy.scm_tools_allowed_group_id: there is no group ${groupId}`);
  }
}
