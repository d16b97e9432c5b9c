import { BillingService } from "../../proto/gen/gitpod/v1/billing_pb";
import { defineResource } from "../model/definition";

const billing = BillingService.method;

/**
 * What the members of a team may spend on agents together, in credits, in costs or both.
 *
 * An equal one that exists is taken over. Removing `costBudgetMicrounits` or its currency replaces the allocation. It
 * needs the enterprise tier; the permissions are `billing:create`, `billing:read`, `billing:update` and
 * `billing:delete`, and without the one to read it may look deleted.
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
