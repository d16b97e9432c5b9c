import { BillingService } from "../../proto/gen/gitpod/v1/billing_pb";
import { defineResource } from "../model/definition";

const billing = BillingService.method;

/**
 * What the members of a team may spend on agents together. Removing `costBudgetMicrounits` or its currency replaces it.
 *
 * Import it by the id of the team.
 */
export const teamCreditAllocation = defineResource({
  kind: "TeamCreditAllocation",
  address: ["teamId"],
  create: billing.createTeamCreditAllocation,
  get: billing.getTeamCreditAllocation,
  update: billing.updateTeamCreditAllocation,
  delete: billing.deleteTeamCreditAllocation,
  required: ["teamId"],
  cannotClear: { costBudgetMicrounits: "replace", costBudgetCurrency: "replace" },
  volatile: ["updatedAt"],
});
