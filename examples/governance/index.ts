import * as pulumi from "@pulumi/pulumi";
import * as gitpod from "pulumi-gitpod";

// People who have joined the organization, by any name: `pulumi config set --path administrators.ada USER_ID` for each.
const administrators = new pulumi.Config().getObject<Record<string, string>>("administrators") ?? {};

const careful = new gitpod.SecurityPolicy("careful", {
  metadata: { name: "Careful" },
  spec: { ports: { maxAdmissionLevel: gitpod.AdmissionLevel.ORGANIZATION } },
});

// Only what is stated is managed; a destroy gives back what was there before.
const policies = new gitpod.OrganizationPolicies("policies", {
  securityPolicyId: careful.id,
  // The second follows from the first; a destroy gives back both, since both are stated.
  membersRequireProjects: true,
  membersCreateProjects: false,
  maximumRunningEnvironmentsPerUser: "4",
  maximumEnvironmentTimeout: "28800s",
  portSharingDisabled: true,
  agentPolicy: { commandDenyList: ["terraform apply"], maxSubagentsPerEnvironment: 5 },
});

new gitpod.AnnouncementBanner("maintenance", {
  message: "Environments stop on Sunday at six for an hour.",
  enabled: true,
});

const terms = new gitpod.TermsOfService("terms", {
  markdown: "# Terms\n\nUse environments for work only.",
  enabled: true,
});

// What the tokens of environments say, with which they sign in to a cloud.
new gitpod.OidcConfig("oidc", { oidcConfig: { v3: { extraSubFields: ["project_id"] } } });

new gitpod.Organization("organization", { inviteDomains: { domains: ["acme.example"] } });

for (const [name, userId] of Object.entries(administrators)) {
  new gitpod.OrganizationMember(name, { userId, role: gitpod.OrganizationRole.ADMIN });
}

// What each member may spend on agents in a month.
new gitpod.UserBudget("everybody", {
  mode: gitpod.EnterpriseAIUserBudgetMode.CREDITS,
  monthlyCreditLimit: "500",
});

export const policiesId = policies.id;
export const termsId = terms.id;
