import * as pulumi from "@pulumi/pulumi";
import * as gitpod from "pulumi-gitpod";

// People who have joined the organization, by any name: `pulumi config set --path members.ada USER_ID` for each.
const members = new pulumi.Config().getObject<Record<string, string>>("members") ?? {};
const { organizationId } = gitpod.getAuthenticatedIdentityOutput();

const shop = new gitpod.Project("shop", {
  name: "Shop",
  initializer: { specs: [{ git: { remoteUri: "https://github.com/gitpod-io/empty" } }] },
});

// A team plans what its members spend; a group says what they may do.
const team = new gitpod.Team("shop", { name: "Shop" });
const engineers = new gitpod.Group("engineers", { name: "Shop engineers" });
for (const [name, userId] of Object.entries(members)) {
  new gitpod.TeamMember(name, { teamId: team.id, userId });
  new gitpod.GroupMembership(name, {
    groupId: engineers.id,
    subject: { principal: gitpod.Principal.USER, id: userId },
  });
}

new gitpod.RoleAssignment("edit-shop", {
  groupId: engineers.id,
  resourceType: gitpod.ResourceType.PROJECT,
  resourceId: shop.id,
  resourceRole: gitpod.ResourceRole.PROJECT_EDITOR,
});
new gitpod.RoleAssignment("view-insights", {
  groupId: engineers.id,
  resourceType: gitpod.ResourceType.ORGANIZATION,
  resourceId: organizationId,
  resourceRole: gitpod.ResourceRole.ORG_INSIGHTS_VIEWER,
});

// What the team may spend on agents, and each member of the organization in a month.
new gitpod.TeamCreditAllocation("shop", { teamId: team.id, creditBudget: "5000" });
new gitpod.UserBudget("everybody", {
  mode: gitpod.EnterpriseAIUserBudgetMode.CREDITS,
  monthlyCreditLimit: "500",
});

export const teamId = team.id;
export const groupId = engineers.id;
