import type { ServiceImpl } from "@connectrpc/connect";
import {
  type BillingService,
  BillingCurrency as Currency,
  type EnterpriseAIUserBudgetPolicy,
  EnterpriseAIUserBudgetMode as Mode,
  EnterpriseAIUserBudgetPolicySource as Source,
} from "../../proto/gen/gitpod/v1/billing_pb";
import { type Caller, find, visible } from "../caller";
import { plainCalls } from "../plain";
import { invalid, notFound } from "../refusal";
import { lookUp } from "../role";
import type { Site } from "../site";
import type { Row } from "../table";
import { enterprise } from "../tier";

/** Answers the calls of the billing service that set budgets; nothing is used up. */
export function billingService(site: Site): Partial<ServiceImpl<typeof BillingService>> {
  return { ...budgetCalls(site), ...allocationCalls(site) };
}

interface Address {
  readonly mode: Mode;
  readonly userId?: string | undefined;
}

function budgetCalls(site: Site): Partial<ServiceImpl<typeof BillingService>> {
  const { userBudgets } = site.world;
  const budgets = plainCalls(site, userBudgets, {
    settle: (policy, caller) => {
      checkLimits(policy);
      if (policy.userId !== undefined && lookUp(site, caller, policy.userId) === undefined) {
        throw notFound("user", policy.userId);
      }
      // `cost-currency`: A currency counts only where costs do; facts are silent on the one that is meant when none is
      // said.
      if (policy.mode === Mode.ENTERPRISE_AI_USER_BUDGET_MODE_BYOK) {
        policy.currency ||= Currency.USD;
      }
    },
  });
  const at = (caller: Caller, { mode, userId }: Address): Row<EnterpriseAIUserBudgetPolicy, null> | undefined =>
    visible(userBudgets, caller).find(({ remote }) => remote.mode === mode && remote.userId === userId);
  return {
    setEnterpriseAIUserBudgetPolicy: (request, context) => {
      const row = at(enterprise(site, context, "budgets"), request);
      if (row === undefined) {
        return { policy: budgets.add(request, context, null) };
      }
      // Setting a budget says all of it, so that what is left out is gone.
      return {
        policy: budgets.change(row.id, request, context, ({ remote }) => {
          const { monthlyCreditLimit, monthlyCostLimitMicrounits } = request;
          if (monthlyCreditLimit === undefined) {
            delete remote.monthlyCreditLimit;
          }
          if (monthlyCostLimitMicrounits === undefined) {
            delete remote.monthlyCostLimitMicrounits;
          }
        }),
      };
    },
    getEnterpriseAIUserBudgetPolicy: (request, context) => {
      const caller = enterprise(site, context, "budgets");
      const own = at(caller, request);
      const general = at(caller, { mode: request.mode });
      const counts = own ?? general;
      const source =
        counts === undefined
          ? Source.ENTERPRISE_AI_USER_BUDGET_POLICY_SOURCE_NONE
          : counts.remote.userId === undefined
            ? Source.ENTERPRISE_AI_USER_BUDGET_POLICY_SOURCE_ORGANIZATION
            : Source.ENTERPRISE_AI_USER_BUDGET_POLICY_SOURCE_USER;
      return {
        ...(own === undefined ? {} : { policy: budgets.view(own) }),
        effectivePolicy: { source, ...(counts === undefined ? {} : { policy: budgets.view(counts) }) },
      };
    },
    deleteEnterpriseAIUserBudgetPolicy: (request, context) => {
      const row = at(enterprise(site, context, "budgets"), request);
      if (row === undefined) {
        throw notFound("budget", labelOf(request));
      }
      return budgets.drop(row.id, context);
    },
  };
}

function allocationCalls(site: Site): Partial<ServiceImpl<typeof BillingService>> {
  const { teamCreditAllocations, teams } = site.world;
  const allocations = plainCalls(site, teamCreditAllocations, {
    settle: (allocation, caller) => {
      find(teams, caller, allocation.teamId);
      if (allocation.costBudgetMicrounits !== undefined) {
        allocation.costBudgetCurrency ||= Currency.USD;
      }
    },
    key: ({ teamId }) => `team ${teamId}`,
  });
  const idOf = (caller: Caller, teamId: string): string => {
    find(teams, caller, teamId);
    const row = visible(teamCreditAllocations, caller).find(({ remote }) => remote.teamId === teamId);
    if (row === undefined) {
      throw notFound("credit allocation of team", teamId);
    }
    return row.id;
  };
  return {
    createTeamCreditAllocation: (request, context) => {
      enterprise(site, context, "budgets");
      return { allocation: allocations.add(request, context, null) };
    },
    getTeamCreditAllocation: ({ teamId }, context) => ({
      allocation: allocations.get(idOf(enterprise(site, context, "budgets"), teamId), context),
    }),
    updateTeamCreditAllocation: (request, context) => {
      const id = idOf(enterprise(site, context, "budgets"), request.teamId);
      const { creditBudget, costBudgetCurrency } = teamCreditAllocations.rows.get(id)!.remote;
      return {
        allocation: allocations.change(id, request, context, ({ remote }) => {
          remote.creditBudget = request.preserveCreditBudget ? creditBudget : request.creditBudget;
          remote.costBudgetCurrency = request.costBudgetCurrency || costBudgetCurrency;
          if (request.clearCostBudget) {
            delete remote.costBudgetMicrounits;
            remote.costBudgetCurrency = Currency.UNSPECIFIED;
          }
        }),
      };
    },
    deleteTeamCreditAllocation: ({ teamId }, context) =>
      allocations.drop(idOf(enterprise(site, context, "budgets"), teamId), context),
  };
}

function checkLimits({ mode, monthlyCreditLimit, monthlyCostLimitMicrounits, noCap }: EnterpriseAIUserBudgetPolicy) {
  const limit = mode === Mode.ENTERPRISE_AI_USER_BUDGET_MODE_CREDITS ? monthlyCreditLimit : monthlyCostLimitMicrounits;
  const foreign =
    mode === Mode.ENTERPRISE_AI_USER_BUDGET_MODE_CREDITS ? monthlyCostLimitMicrounits : monthlyCreditLimit;
  if (foreign !== undefined) {
    throw invalid("monthly_credit_limit is for the mode CREDITS, monthly_cost_limit_microunits for BYOK");
  }
  if ((limit !== undefined) === noCap) {
    throw invalid("one of a limit and no_cap is required");
  }
}

function labelOf({ mode, userId = "the organization" }: Address): string {
  return `${Mode[mode]} of ${userId}`;
}
