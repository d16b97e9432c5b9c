import { BillingService } from "../../../proto/gen/gitpod/v1/billing_pb";
import { OrganizationService } from "../../../proto/gen/gitpod/v1/organization_pb";
import { securityPolicy } from "../../../provider/resources/security-policy";
import type { Probe } from "../../assumption";
import { answered, compared, notTried } from "../../finding";
import { absentId } from "../ids";

const { getOrganization, getOrganizationPolicies, updateOrganization, updateOrganizationPolicies } =
  OrganizationService.method;

export const policyNames: Probe = {
  calls: ["OrganizationService/UpdateOrganizationPolicies"],
  makes: ["an attempt to name a security policy that does not exist in the policies"],
  needs: ["organization"],
  async run(bench) {
    const { organizationId } = bench;
    const { policies } = await bench.call(getOrganizationPolicies, { organizationId });
    const request = { organizationId, securityPolicyId: policies?.securityPolicyId ?? "" };
    const attempt = { organizationId, securityPolicyId: absentId };
    return answered("InvalidArgument", () =>
      bench.tryToChange(
        "the security policy in the policies",
        { method: updateOrganizationPolicies, request: attempt },
        { method: updateOrganizationPolicies, request },
      ),
    );
  },
};

export const policyAssigned: Probe = {
  calls: ["OrganizationService/UpdateOrganizationPolicies", "SecurityService/DeleteSecurityPolicy"],
  makes: ["a security policy that allows everything, in the policies where they name none"],
  needs: ["organization"],
  async run(bench) {
    const { organizationId } = bench;
    const { policies } = await bench.call(getOrganizationPolicies, { organizationId });
    if (policies?.securityPolicyId) return notTried("the policies name a security policy already");
    const { id: securityPolicyId } = await bench.make(securityPolicy, { spec: {} });
    await bench.change(
      "the security policy in the policies",
      { method: updateOrganizationPolicies, request: { organizationId, securityPolicyId } },
      { method: updateOrganizationPolicies, request: { organizationId, securityPolicyId: "" } },
    );
    return answered("FailedPrecondition", () => bench.answer(securityPolicy.delete, { securityPolicyId }));
  },
};

export const domainsEmpty: Probe = {
  calls: ["OrganizationService/UpdateOrganization", "OrganizationService/GetOrganization"],
  makes: ["another domain for invitations"],
  needs: ["organization"],
  async run(bench) {
    const { organizationId } = bench;
    const read = async (): Promise<readonly string[]> => {
      const { organization } = await bench.call(getOrganization, { organizationId });
      return organization?.inviteDomains?.domains ?? [];
    };
    const setting = (domains: string[]) => ({
      method: updateOrganization,
      request: { organizationId, inviteDomains: { domains } },
    });
    const before = setting([...(await read())]);
    await bench.change("the domains for invitations", setting([`${bench.name()}.example`]), before);
    await bench.call(updateOrganization, setting([]).request);
    const left = (await read()).length;
    return compared(
      [0, "InvalidArgument"],
      [left, await bench.answer(updateOrganization, { organizationId, name: "" })],
    );
  },
};

const { deleteEnterpriseAIUserBudgetPolicy, getEnterpriseAIUserBudgetPolicy, setEnterpriseAIUserBudgetPolicy } =
  BillingService.method;

export const budgetLimits: Probe = {
  calls: ["BillingService/GetEnterpriseAIUserBudgetPolicy", "BillingService/SetEnterpriseAIUserBudgetPolicy"],
  makes: ["an attempt to set a budget for everybody without a limit, where there is none"],
  needs: ["organization"],
  async run(bench) {
    const request = { organizationId: bench.organizationId, mode: "ENTERPRISE_AI_USER_BUDGET_MODE_CREDITS" };
    const { policy } = await bench.call(getEnterpriseAIUserBudgetPolicy, request);
    if (policy) return notTried("there is a budget for everybody already");
    return answered("InvalidArgument", () =>
      bench.tryToChange(
        "the budget for everybody",
        { method: setEnterpriseAIUserBudgetPolicy, request },
        { method: deleteEnterpriseAIUserBudgetPolicy, request },
      ),
    );
  },
};
