import type { ServiceImpl } from "@connectrpc/connect";
import { type OrganizationService, CustomDomainProvider as Provider } from "../../proto/gen/gitpod/v1/organization_pb";
import { type Caller, callerOf, visible } from "../caller";
import { plainCalls } from "../plain";
import { invalid, notFound } from "../refusal";
import type { Site } from "../site";

/** Answers the calls about the custom domain of an organization, of which there is one. */
export function customDomainCalls(
  site: Site,
): Pick<
  ServiceImpl<typeof OrganizationService>,
  "createCustomDomain" | "getCustomDomain" | "updateCustomDomain" | "deleteCustomDomain"
> {
  const { customDomains } = site.world;
  const domains = plainCalls(site, customDomains, {
    settle: (domain, _caller, row) => {
      if (domain.provider === Provider.UNSPECIFIED) {
        throw invalid("provider: AWS or GCP is required");
      }
      if (row === undefined) {
        domain.cloudAccountId ||= domain.awsAccountId;
      }
      // The deprecated account id says the same as the new one on AWS, and nothing elsewhere.
      domain.awsAccountId = domain.provider === Provider.AWS ? domain.cloudAccountId : "";
    },
    key: ({ organizationId }) => `organization ${organizationId}`,
  });
  const idOf = ({ organizationId, ...caller }: Caller): string => {
    const [row] = visible(customDomains, { organizationId, ...caller });
    if (row === undefined) {
      throw notFound("custom domain of organization", organizationId);
    }
    return row.id;
  };
  return {
    createCustomDomain: (request, context) => ({ customDomain: domains.add(request, context, null) }),
    getCustomDomain: (_request, context) => ({ customDomain: domains.get(idOf(callerOf(context)), context) }),
    updateCustomDomain: (request, context) => ({
      customDomain: domains.change(idOf(callerOf(context)), request, context, ({ remote }) => {
        remote.cloudAccountId = request.cloudAccountId ?? request.awsAccountId ?? remote.cloudAccountId;
      }),
    }),
    deleteCustomDomain: (_request, context) => domains.drop(idOf(callerOf(context)), context),
  };
}
