import { BillingService } from "../../proto/gen/gitpod/v1/billing_pb";
import { defineResource } from "../model/definition";

const billing = BillingService.method;

/**
 * What each member of the organization, or one of them, may spend on agents in a month. Without `userId` it is the
 * organization's default.
 *
 * State one of `monthlyCreditLimit`, `monthlyCostLimitMicrounits` and `noCap`. Import it as `credits`, or as `byok/USER`.
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
