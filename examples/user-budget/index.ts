import * as gitpod from "pulumi-gitpod";

const budget = new gitpod.UserBudget("everybody", {
  mode: gitpod.EnterpriseAIUserBudgetMode.CREDITS,
  monthlyCreditLimit: "1000",
});

export const budgetId = budget.id;
