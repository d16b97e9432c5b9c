import type { ServiceImpl } from "@connectrpc/connect";
import type { SecurityService } from "../../proto/gen/gitpod/v1/security_pb";
import { callerOf, find } from "../caller";
import { mentions } from "../message";
import { keeps } from "../page";
import { plainCalls } from "../plain";
import { notFound, precondition } from "../refusal";
import type { Site } from "../site";

/**
 * Answers the calls of the security service; names are not unique, since facts are silent on it (`names-not-unique`).
 */
export function securityService(site: Site): Partial<ServiceImpl<typeof SecurityService>> {
  const { securityPolicies, organizationPolicies } = site.world;
  const policies = plainCalls(site, securityPolicies);
  return {
    createSecurityPolicy: (request, context) => ({ securityPolicy: policies.add(request, context, null) }),
    getSecurityPolicy: ({ securityPolicyId }, context) => ({ securityPolicy: policies.get(securityPolicyId, context) }),
    listSecurityPolicies: (request, context) => {
      const { organizationId = "", securityPolicyIds, search } = request.filter ?? {};
      if (organizationId !== "" && organizationId !== callerOf(context).organizationId) {
        throw notFound("organization", organizationId);
      }
      return policies.list(
        request,
        context,
        (items) => ({ securityPolicies: items }),
        ({ id, metadata }) => keeps(securityPolicyIds, id) && mentions(search, metadata?.name ?? ""),
      );
    },
    updateSecurityPolicy: (request, context) => ({
      securityPolicy: policies.change(request.securityPolicyId, request, context),
    }),
    deleteSecurityPolicy: ({ securityPolicyId }, context) => {
      const { organizationId } = find(securityPolicies, callerOf(context), securityPolicyId).owner;
      // `security-policy-assigned`: Facts are silent on the code; the emulator chose failed_precondition.
      if (organizationPolicies.rows.get(organizationId)?.remote.securityPolicyId === securityPolicyId) {
        throw precondition(`security policy ${securityPolicyId} is assigned in the policies of the organization`);
      }
      return policies.drop(securityPolicyId, context);
    },
  };
}
