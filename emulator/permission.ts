import { ResourceRole as Role } from "../proto/gen/gitpod/v1/group_pb";

/** What a call asks of its caller, beyond being of the organization: any of these. */
export interface Asked {
  /** The roles on the organization that allow the call, beside that of an administrator, who may do everything. */
  readonly organization?: readonly Role[];
  /** The field of the request that names an object, and the roles that allow the call on it or on what it lives in. */
  readonly on?: { readonly field: string; readonly roles: readonly Role[] };
  /** Whether the caller has to be a person, who needs a role only where one is named. */
  readonly user?: true;
}

/**
 * What each call asks for. What is not here, every user and service account of the organization may do. Groups, teams and
 * billing are documented so; for the others the names of the roles say whom they are for.
 */
export const permissions: { readonly [call: string]: Asked } = {
  ...calls("GroupService", { organization: [Role.ORG_GROUPS_ADMIN] }, ["CreateGroup"]),
  ...calls("GroupService", inGroup("groupId"), ["UpdateGroup", "DeleteGroup", "CreateMembership"]),
  ...calls("GroupService", inGroup("membershipId"), ["DeleteMembership"]),
  ...calls("GroupService", overResource("resourceId"), ["CreateRoleAssignment"]),
  ...calls("GroupService", overResource("assignmentId"), ["DeleteRoleAssignment"]),

  ...calls("TeamService", {}, ["CreateTeam", "UpdateTeam", "DeleteTeam", "AddTeamMember", "RemoveTeamMember"]),

  ...calls("ServiceAccountService", {}, ["CreateServiceAccount", "UpdateServiceAccount", "DeleteServiceAccount"]),
  ...calls("ServiceAccountService", overAccount("serviceAccountId"), ["CreateServiceAccountAccessToken"]),

  ...calls("SecurityService", { organization: [Role.ORG_SECURITY_ADMIN] }, ["CreateSecurityPolicy"]),
  ...calls(
    "SecurityService",
    {
      organization: [Role.ORG_SECURITY_ADMIN],
      on: { field: "securityPolicyId", roles: [Role.SECURITY_POLICY_ADMIN] },
    },
    ["UpdateSecurityPolicy", "DeleteSecurityPolicy"],
  ),

  ...calls("OrganizationService", { organization: [], user: true }, ["UpdateTermsOfService"]),
  ...calls("OrganizationService", {}, [
    "UpdateOrganization",
    "SetRole",
    "UpdateOrganizationPolicies",
    "UpdateAnnouncementBanner",
    "UpdateOIDCConfig",
    "CreateOrganizationInvite",
    "GetOrganizationInvite",
    "CreateSSOConfiguration",
    "GetSSOConfiguration",
    "ListSSOConfigurations",
    "UpdateSSOConfiguration",
    "DeleteSSOConfiguration",
    "CreateSCIMConfiguration",
    "GetSCIMConfiguration",
    "ListSCIMConfigurations",
    "UpdateSCIMConfiguration",
    "DeleteSCIMConfiguration",
    "RegenerateSCIMToken",
    "CreateDomainVerification",
    "GetDomainVerification",
    "ListDomainVerifications",
    "VerifyDomain",
    "DeleteDomainVerification",
    "CreateCustomDomain",
    "UpdateCustomDomain",
    "DeleteCustomDomain",
  ]),

  ...calls("RunnerService", { organization: [Role.ORG_RUNNERS_ADMIN] }, ["CreateRunner"]),
  ...calls("RunnerService", onRunner("runnerId"), [
    "UpdateRunner",
    "DeleteRunner",
    "CreateRunnerToken",
    "CreateRunnerLogsToken",
  ]),
  ...calls("RunnerConfigurationService", onRunner("runnerId"), [
    "CreateEnvironmentClass",
    "CreateSCMIntegration",
    "CreateLLMIntegration",
  ]),
  ...calls("RunnerConfigurationService", onRunner("environmentClassId"), ["UpdateEnvironmentClass"]),
  ...calls("RunnerConfigurationService", onRunner("id"), [
    "UpdateSCMIntegration",
    "DeleteSCMIntegration",
    "UpdateLLMIntegration",
    "DeleteLLMIntegration",
  ]),

  ...calls("PrebuildService", onProject("projectId"), ["CreatePrebuild", "CreateWarmPool"]),
  ...calls("PrebuildService", onProject("prebuildId"), ["CancelPrebuild", "DeletePrebuild", "CreatePrebuildLogsToken"]),
  ...calls("PrebuildService", onProject("warmPoolId"), ["UpdateWarmPool", "DeleteWarmPool"]),
  ...calls("InsightsService", onProject("projectId"), ["EnableProjectInsights", "DisableProjectInsights"]),

  ...calls("WebhookService", { user: true }, ["CreateWebhook"]),
  ...calls(
    "WebhookService",
    {
      organization: [Role.ORG_AUTOMATIONS_ADMIN],
      on: { field: "webhookId", roles: [Role.WEBHOOK_ADMIN] },
    },
    ["UpdateWebhook", "DeleteWebhook", "GetWebhookSecret", "RotateWebhookSecret"],
  ),

  ...calls("WorkflowService", { user: true }, ["CreateWorkflow"]),
  ...calls(
    "WorkflowService",
    {
      organization: [Role.ORG_AUTOMATIONS_ADMIN],
      on: { field: "workflowId", roles: [Role.WORKFLOW_ADMIN] },
    },
    ["UpdateWorkflow", "DeleteWorkflow"],
  ),
  ...calls("WorkflowService", onWorkflow("workflowId"), ["StartWorkflow"]),
  ...calls("WorkflowService", onWorkflow("workflowExecutionId"), ["CancelWorkflowExecution"]),

  ...calls("AgentService", {}, ["CreatePrompt", "UpdatePrompt", "DeletePrompt"]),
  ...calls("IntegrationService", {}, ["CreateIntegration", "UpdateIntegration", "DeleteIntegration"]),

  ...calls("BillingService", { organization: [Role.ORG_BILLING_VIEWER] }, [
    "GetEnterpriseAIUserBudgetPolicy",
    "GetTeamCreditAllocation",
  ]),
  ...calls("BillingService", {}, [
    "SetEnterpriseAIUserBudgetPolicy",
    "DeleteEnterpriseAIUserBudgetPolicy",
    "CreateTeamCreditAllocation",
    "UpdateTeamCreditAllocation",
    "DeleteTeamCreditAllocation",
  ]),
};

function calls(service: string, asked: Asked, names: readonly string[]): Record<string, Asked> {
  return Object.fromEntries(names.map((name) => [`${service}/${name}`, asked]));
}

function inGroup(field: string): Asked {
  return { organization: [Role.ORG_GROUPS_ADMIN], on: { field, roles: [Role.GROUP_ADMIN] } };
}

function overResource(field: string): Asked {
  const roles = [Role.PROJECT_ADMIN, Role.RUNNER_ADMIN, Role.WORKFLOW_ADMIN, Role.SECURITY_POLICY_ADMIN];
  return { on: { field, roles } };
}

function overAccount(field: string): Asked {
  return { on: { field, roles: [Role.SERVICE_ACCOUNT_ADMIN] } };
}

function onRunner(field: string): Asked {
  return { organization: [Role.ORG_RUNNERS_ADMIN], on: { field, roles: [Role.RUNNER_ADMIN] } };
}

function onProject(field: string): Asked {
  return { organization: [Role.ORG_PROJECTS_ADMIN], on: { field, roles: [Role.PROJECT_ADMIN] } };
}

function onWorkflow(field: string): Asked {
  return {
    organization: [Role.ORG_AUTOMATIONS_ADMIN],
    on: { field, roles: [Role.WORKFLOW_ADMIN, Role.WORKFLOW_USER] },
  };
}
