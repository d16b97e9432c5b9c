import { ConnectError } from "@connectrpc/connect";
import { ids, tokens } from "../../emulator";
import {
  BillingCurrency as Currency,
  EnterpriseAIUserBudgetMode as Mode,
  EnterpriseAIUserBudgetPolicySource as Source,
} from "../../proto/gen/gitpod/v1/billing_pb";
import {
  OrganizationTier,
  OrganizationTierFailedPreconditionDetailsSchema,
} from "../../proto/gen/gitpod/v1/organization_pb";
import { open, refusal } from "./open";

const organizationId = ids.organization;
const credits = { organizationId, mode: Mode.ENTERPRISE_AI_USER_BUDGET_MODE_CREDITS };
const byok = { organizationId, mode: Mode.ENTERPRISE_AI_USER_BUDGET_MODE_BYOK };

test("a budget of a user counts before that of the organization, and none is no policy", async () => {
  const { billing } = open();
  const userId = ids.colleague;
  const get = async () => {
    const answer = await billing.getEnterpriseAIUserBudgetPolicy({ ...credits, userId });
    return [answer.policy?.monthlyCreditLimit, answer.effectivePolicy?.source];
  };
  const none = await get();
  await billing.setEnterpriseAIUserBudgetPolicy({ ...credits, monthlyCreditLimit: 10n });
  const general = await get();
  await billing.setEnterpriseAIUserBudgetPolicy({ ...credits, userId, monthlyCreditLimit: 5n });
  const own = await get();
  await billing.deleteEnterpriseAIUserBudgetPolicy({ ...credits, userId });

  expect([none, general, own, await get()]).toEqual([
    [undefined, Source.ENTERPRISE_AI_USER_BUDGET_POLICY_SOURCE_NONE],
    [undefined, Source.ENTERPRISE_AI_USER_BUDGET_POLICY_SOURCE_ORGANIZATION],
    [5n, Source.ENTERPRISE_AI_USER_BUDGET_POLICY_SOURCE_USER],
    [undefined, Source.ENTERPRISE_AI_USER_BUDGET_POLICY_SOURCE_ORGANIZATION],
  ]);
  expect((await refusal(billing.deleteEnterpriseAIUserBudgetPolicy({ ...credits, userId })))[0]).toBe("NotFound");
});

test("setting a budget again is the same budget, and what is left out is gone", async () => {
  const { billing, emulator } = open();
  const first = await billing.setEnterpriseAIUserBudgetPolicy({ ...credits, monthlyCreditLimit: 10n });
  const second = await billing.setEnterpriseAIUserBudgetPolicy({ ...credits, noCap: true });

  expect(second.policy).toMatchObject({ id: first.policy?.id, noCap: true });
  expect(second.policy?.monthlyCreditLimit).toBeUndefined();
  expect(emulator.admin.objects("userBudgets")).toHaveLength(1);
});

test("a budget has one limit, of its mode, or no cap; a currency counts where costs do", async () => {
  const { billing } = open();
  const set = (policy: object) => refusal(billing.setEnterpriseAIUserBudgetPolicy({ ...credits, ...policy }));
  const costs = await billing.setEnterpriseAIUserBudgetPolicy({ ...byok, monthlyCostLimitMicrounits: 1n });
  const plain = await billing.setEnterpriseAIUserBudgetPolicy({ ...credits, monthlyCreditLimit: 1n });

  expect((await set({}))[0]).toBe("InvalidArgument");
  expect((await set({ monthlyCreditLimit: 1n, noCap: true }))[0]).toBe("InvalidArgument");
  expect((await set({ monthlyCostLimitMicrounits: 1n }))[0]).toBe("InvalidArgument");
  expect((await set({ noCap: true, userId: ids.stranger }))[0]).toBe("NotFound");
  expect([costs.policy?.currency, plain.policy?.currency]).toEqual([Currency.USD, Currency.UNSPECIFIED]);
});

async function withTeam() {
  const opened = open();
  const { team } = await opened.teams.createTeam({ organizationId, name: "Shop" });
  return { ...opened, teamId: team?.id ?? "", ofTeam: { organizationId, teamId: team?.id ?? "" } };
}

test("a team has one allocation, which goes with it", async () => {
  const { billing, emulator, teams, teamId, ofTeam } = await withTeam();
  const before = await refusal(billing.getTeamCreditAllocation(ofTeam));
  const { allocation } = await billing.createTeamCreditAllocation({ ...ofTeam, creditBudget: 100n });
  const again = await refusal(billing.createTeamCreditAllocation({ ...ofTeam, creditBudget: 1n }));
  const shown = (await billing.getTeamCreditAllocation(ofTeam)).allocation;
  await teams.deleteTeam({ teamId });

  expect([before[0], again[0]]).toEqual(["NotFound", "AlreadyExists"]);
  expect(shown).toEqual(allocation);
  expect(allocation).toMatchObject({ ...ofTeam, creditBudget: 100n, costBudgetCurrency: Currency.UNSPECIFIED });
  expect(emulator.admin.objects("teamCreditAllocations")).toEqual([]);
});

test("an update of an allocation obeys its flags", async () => {
  const { billing, ofTeam } = await withTeam();
  await billing.createTeamCreditAllocation({ ...ofTeam, creditBudget: 100n });
  const update = async (change: object) =>
    (await billing.updateTeamCreditAllocation({ ...ofTeam, ...change })).allocation;

  const costs = await update({
    preserveCreditBudget: true,
    costBudgetMicrounits: 7n,
    costBudgetCurrency: Currency.EUR,
  });
  const kept = await update({ creditBudget: 50n });
  const cleared = await update({ preserveCreditBudget: true, clearCostBudget: true });
  await billing.deleteTeamCreditAllocation(ofTeam);

  expect(costs).toMatchObject({ creditBudget: 100n, costBudgetMicrounits: 7n, costBudgetCurrency: Currency.EUR });
  expect(kept).toMatchObject({ creditBudget: 50n, costBudgetMicrounits: 7n, costBudgetCurrency: Currency.EUR });
  expect(cleared).toMatchObject({ creditBudget: 50n, costBudgetCurrency: Currency.UNSPECIFIED });
  expect(cleared?.costBudgetMicrounits).toBeUndefined();
  expect((await refusal(billing.deleteTeamCreditAllocation(ofTeam)))[0]).toBe("NotFound");
});

test("budgets need the enterprise tier, which a typed detail names", async () => {
  const { billing, emulator, ofTeam } = await withTeam();
  emulator.admin.patch("organizations", organizationId, { tier: "ORGANIZATION_TIER_CORE" });
  const reason = await billing.createTeamCreditAllocation(ofTeam).catch((thrown) => ConnectError.from(thrown));

  expect((await refusal(billing.getEnterpriseAIUserBudgetPolicy(credits)))[0]).toBe("FailedPrecondition");
  expect(
    reason instanceof ConnectError ? reason.findDetails(OrganizationTierFailedPreconditionDetailsSchema) : [],
  ).toMatchObject([{ requiredTier: OrganizationTier.ENTERPRISE }]);
});

test("budgets are for administrators, and of the organization of the token", async () => {
  const { as, ofTeam } = await withTeam();
  const [theirs, foreign] = [as(tokens.colleague).billing, as(tokens.stranger).billing];

  expect((await refusal(theirs.getEnterpriseAIUserBudgetPolicy(credits)))[0]).toBe("PermissionDenied");
  expect((await refusal(theirs.createTeamCreditAllocation(ofTeam)))[0]).toBe("PermissionDenied");
  expect((await refusal(foreign.getEnterpriseAIUserBudgetPolicy(credits)))[0]).toBe("NotFound");
});
