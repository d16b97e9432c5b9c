import * as gitpod from "pulumi-gitpod";

const research = new gitpod.Team("research", { name: "Research" });

const allocation = new gitpod.TeamCreditAllocation("research", { teamId: research.id, creditBudget: "5000" });

export const credits = allocation.creditBudget;
