import { BillingService } from "../../proto/gen/gitpod/v1/billing_pb";
import { defineResource } from "../model/definition";

const billing = BillingService.method;

/**
 * What each member of the organization, or one of them, may spend on agents in a month. Without `userId` it is the
 * organization's default.
 *
 * Set one of `monthlyCreditLimit`, `monthlyCostLimitMicrounits` and `noCap`; `currency` counts in the mode `byok` only.
 * An equal budget that exists is taken over. It needs the enterprise tier; the permissions are `billing:read_usage`,
 * `billing:update` and `billing:delete`, and without the one to read it may look deleted.
 *
 * Import it as `credits` or `byok`, for one user as `credits/USER` or `byok/USER`.
 */
export const userBudget = defineResource({
  kind: "UserBudget",
  address: ["mode", "userId"],
  create: billing.setEnterpriseAIUserBudgetPolicy,
  get: billing.getEnterpriseAIUserBudgetPolicy,
  update: billing.setEnterpriseAIUserBudgetPolicy,
  delete: billing.deleteEnterpriseAIUserBudgetPolicy,
  required: ["mode"],
  volatile: ["updatedAt"],
});
