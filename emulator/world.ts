import {
  type Team as ClassicTeam,
  type TeamMember as ClassicTeamMember,
  TeamMemberSchema as ClassicTeamMemberSchema,
  TeamSchema as ClassicTeamSchema,
} from "../proto/gen/gitpod/experimental/v1/teams_pb";
import { type User, UserSchema } from "../proto/gen/gitpod/experimental/v1/user_pb";
import { type Workspace, WorkspaceSchema } from "../proto/gen/gitpod/experimental/v1/workspaces_pb";
import { PromptSchema } from "../proto/gen/gitpod/v1/agent_pb";
import {
  type EnterpriseAIUserBudgetPolicy,
  EnterpriseAIUserBudgetPolicySchema,
  type TeamCreditAllocationInfo,
  TeamCreditAllocationInfoSchema,
} from "../proto/gen/gitpod/v1/billing_pb";
import { ServiceSchema, TaskExecutionSchema, TaskSchema } from "../proto/gen/gitpod/v1/environment_automation_pb";
import { EnvironmentSchema } from "../proto/gen/gitpod/v1/environment_pb";
import { ResourceType } from "../proto/gen/gitpod/v1/event_pb";
import {
  type Group,
  type GroupMembership,
  GroupMembershipSchema,
  GroupSchema,
  type RoleAssignment,
  RoleAssignmentSchema,
} from "../proto/gen/gitpod/v1/group_pb";
import type { Subject } from "../proto/gen/gitpod/v1/identity_pb";
import { type Integration, IntegrationSchema } from "../proto/gen/gitpod/v1/integration_pb";
import {
  type AnnouncementBanner,
  AnnouncementBannerSchema,
  type CustomDomain,
  CustomDomainSchema,
  type DomainVerification,
  DomainVerificationSchema,
  type OIDCConfig,
  OIDCConfigSchema,
  type Organization,
  type OrganizationInvite,
  OrganizationInviteSchema,
  type OrganizationMember,
  OrganizationMemberSchema,
  type OrganizationPolicies,
  OrganizationPoliciesSchema,
  OrganizationSchema,
  type SCIMConfiguration,
  SCIMConfigurationSchema,
  type SSOConfiguration,
  SSOConfigurationSchema,
  type TermsOfService,
  TermsOfServiceSchema,
} from "../proto/gen/gitpod/v1/organization_pb";
import { PrebuildSchema, WarmPoolSchema } from "../proto/gen/gitpod/v1/prebuild_pb";
import { ProjectSchema } from "../proto/gen/gitpod/v1/project_pb";
import {
  type EnvironmentClass,
  EnvironmentClassSchema,
  type HostAuthenticationToken,
  HostAuthenticationTokenSchema,
  type LLMIntegration,
  LLMIntegrationSchema,
  type SCMIntegration,
  SCMIntegrationSchema,
} from "../proto/gen/gitpod/v1/runner_configuration_pb";
import { RunnerSchema } from "../proto/gen/gitpod/v1/runner_pb";
import { type Secret, SecretSchema } from "../proto/gen/gitpod/v1/secret_pb";
import { type SecurityPolicy, SecurityPolicySchema } from "../proto/gen/gitpod/v1/security_pb";
import {
  type ServiceAccount,
  ServiceAccountSchema,
  type ServiceAccountToken,
  ServiceAccountTokenSchema,
} from "../proto/gen/gitpod/v1/service_account_pb";
import { type Team, type TeamMember, TeamMemberSchema, TeamSchema } from "../proto/gen/gitpod/v1/team_pb";
import { WebhookSchema } from "../proto/gen/gitpod/v1/webhook_pb";
import { WorkflowExecutionSchema, WorkflowSchema } from "../proto/gen/gitpod/v1/workflow_pb";
import type {
  ClassicTeamKept,
  ClassicUserKept,
  ClassicWorkspaceOwed,
  EnvironmentOwed,
  ExecutionOwed,
  HostTokenKept,
  IntegrationKept,
  LlmOwed,
  ProjectOwed,
  RunnerOwed,
  SecretKept,
  ServiceOwed,
} from "./owed";
import { asIs, type Row, type Table, table } from "./table";
import {
  completeEnvironment,
  completeExecution,
  completePrebuild,
  completeProject,
  completePrompt,
  completeRunner,
  completeService,
  completeTask,
  completeWarmPool,
  completeWebhook,
  completeWorkflow,
  completeWorkflowExecution,
  type WholeEnvironment,
  type WholeExecution,
  type WholePrebuild,
  type WholeProject,
  type WholePrompt,
  type WholeRunner,
  type WholeService,
  type WholeTask,
  type WholeWarmPool,
  type WholeWebhook,
  type WholeWorkflow,
  type WholeWorkflowExecution,
} from "./whole";

/** Everything that exists in an emulator, as plain data. */
export interface World {
  readonly organizations: Table<Organization, null>;
  readonly members: Table<OrganizationMember, null>;
  readonly organizationInvites: Table<OrganizationInvite, null>;
  readonly organizationPolicies: Table<OrganizationPolicies, null>;
  readonly runners: Table<WholeRunner, RunnerOwed | null>;
  readonly announcementBanners: Table<AnnouncementBanner, null>;
  readonly termsOfService: Table<TermsOfService, null>;
  readonly oidcConfigs: Table<OIDCConfig, null>;
  readonly environmentClasses: Table<EnvironmentClass, null>;
  readonly scmIntegrations: Table<SCMIntegration, SecretKept>;
  readonly hostAuthenticationTokens: Table<HostAuthenticationToken, HostTokenKept>;
  readonly llmIntegrations: Table<LLMIntegration, LlmOwed>;
  readonly projects: Table<WholeProject, ProjectOwed>;
  readonly prebuilds: Table<WholePrebuild, null>;
  readonly warmPools: Table<WholeWarmPool, null>;
  readonly environments: Table<WholeEnvironment, EnvironmentOwed>;
  readonly services: Table<WholeService, ServiceOwed>;
  readonly tasks: Table<WholeTask, null>;
  readonly taskExecutions: Table<WholeExecution, ExecutionOwed>;
  readonly groups: Table<Group, null>;
  readonly groupMemberships: Table<GroupMembership, null>;
  readonly roleAssignments: Table<RoleAssignment, null>;
  readonly teams: Table<Team, null>;
  readonly teamMembers: Table<TeamMember, null>;
  readonly teamCreditAllocations: Table<TeamCreditAllocationInfo, null>;
  readonly userBudgets: Table<EnterpriseAIUserBudgetPolicy, null>;
  readonly serviceAccounts: Table<ServiceAccount, null>;
  readonly serviceAccountTokens: Table<ServiceAccountToken, null>;
  readonly securityPolicies: Table<SecurityPolicy, null>;
  readonly domainVerifications: Table<DomainVerification, null>;
  readonly ssoConfigurations: Table<SSOConfiguration, SecretKept>;
  readonly scimConfigurations: Table<SCIMConfiguration, null>;
  readonly customDomains: Table<CustomDomain, null>;
  readonly integrations: Table<Integration, IntegrationKept>;
  readonly webhooks: Table<WholeWebhook, SecretKept>;
  readonly workflows: Table<WholeWorkflow, null>;
  readonly workflowExecutions: Table<WholeWorkflowExecution, null>;
  readonly prompts: Table<WholePrompt, null>;
  readonly secrets: Table<Secret, SecretKept>;
  readonly classicUsers: Table<User, ClassicUserKept>;
  readonly classicTeams: Table<ClassicTeam, ClassicTeamKept>;
  readonly classicTeamMembers: Table<ClassicTeamMember, null>;
  readonly classicWorkspaces: Table<Workspace, ClassicWorkspaceOwed>;
  /** Bearer tokens of the API, by their text. */
  readonly tokens: Map<string, Token>;
  /** Tokens that open one side of one object, by the hash of their text. */
  readonly keys: Map<string, Key>;
  /** The texts that name servers answer with, by domain. */
  readonly domainRecords: Map<string, string>;
}

/** What a token stands for. */
export interface Token {
  subject: Pick<Subject, "id" | "principal">;
  organizationId: string;
  readOnly: boolean;
  revoked: boolean;
  /** Whether it is a token of Classic, which the other API does not know. */
  readonly classic?: boolean;
  /** Until when it is valid, in milliseconds since the epoch; absent where it has no end. */
  until?: number;
  /** The lasting token of a service account whose text it is; absent for others. */
  serviceAccountTokenId?: string;
}

/** What a token of one object opens, and until when (milliseconds since the epoch). */
export interface Key {
  readonly objectId: string;
  readonly opens: "logs" | "ops" | "port" | "exchange" | "scim";
  readonly until: number;
}

/** A project with what it owes. */
export type ProjectRow = Row<WholeProject, ProjectOwed>;

/** A runner with what it owes; rows of earlier releases owe nothing. */
export type RunnerRow = Row<WholeRunner, RunnerOwed | null>;

/** A prebuild, which owes nothing by itself. */
export type PrebuildRow = Row<WholePrebuild, null>;

/** A workflow, which owes nothing by itself. */
export type WorkflowRow = Row<WholeWorkflow, null>;

/** An execution of a workflow, which owes nothing by itself. */
export type WorkflowExecutionRow = Row<WholeWorkflowExecution, null>;

/** An environment with what it owes. */
export type EnvironmentRow = Row<WholeEnvironment, EnvironmentOwed>;

/** A service with what it owes. */
export type ServiceRow = Row<WholeService, ServiceOwed>;

/** A task, which owes nothing by itself. */
export type TaskRow = Row<WholeTask, null>;

/** An execution with what it owes. */
export type ExecutionRow = Row<WholeExecution, ExecutionOwed>;

/** A user of Classic. */
export type ClassicUserRow = Row<User, ClassicUserKept>;

/** A team of Classic, whose members have a table of their own. */
export type ClassicTeamRow = Row<ClassicTeam, ClassicTeamKept>;

/** A member of a team of Classic, which is the organization that owns the row. */
export type ClassicTeamMemberRow = Row<ClassicTeamMember, null>;

/** A workspace of Classic with what it owes. */
export type ClassicWorkspaceRow = Row<Workspace, ClassicWorkspaceOwed>;

/** Makes a world without anything in it. */
export function emptyWorld(): World {
  return {
    organizations: table("organization", ResourceType.ORGANIZATION, OrganizationSchema, asIs),
    members: table("member", ResourceType.USER, OrganizationMemberSchema, asIs),
    organizationInvites: table("invite", ResourceType.UNSPECIFIED, OrganizationInviteSchema, asIs),
    organizationPolicies: table("policies", ResourceType.ORGANIZATION_POLICY, OrganizationPoliciesSchema, asIs),
    runners: table("runner", ResourceType.RUNNER, RunnerSchema, completeRunner),
    announcementBanners: table("banner", ResourceType.ANNOUNCEMENT_BANNER, AnnouncementBannerSchema, asIs),
    termsOfService: table("terms of service", ResourceType.UNSPECIFIED, TermsOfServiceSchema, asIs),
    oidcConfigs: table("OIDC configuration", ResourceType.UNSPECIFIED, OIDCConfigSchema, asIs),
    environmentClasses: table("environment class", ResourceType.ENVIRONMENT_CLASS, EnvironmentClassSchema, asIs, {
      within: ({ runnerId }) => [runnerId],
    }),
    scmIntegrations: table("SCM integration", ResourceType.RUNNER_SCM_INTEGRATION, SCMIntegrationSchema, asIs, {
      within: ({ runnerId }) => [runnerId],
    }),
    hostAuthenticationTokens: table(
      "host authentication token",
      ResourceType.HOST_AUTHENTICATION_TOKEN,
      HostAuthenticationTokenSchema,
      asIs,
      {
        reach: "creator",
        within: ({ runnerId, integrationId, subject }) => [runnerId, integrationId, subject?.id ?? ""],
      },
    ),
    llmIntegrations: table("LLM integration", ResourceType.RUNNER_LLM_INTEGRATION, LLMIntegrationSchema, asIs, {
      within: ({ runnerId }) => [runnerId],
    }),
    projects: table("project", ResourceType.PROJECT, ProjectSchema, completeProject),
    prebuilds: table("prebuild", ResourceType.PREBUILD, PrebuildSchema, completePrebuild, {
      within: ({ metadata }) => [metadata.projectId],
    }),
    warmPools: table("warm pool", ResourceType.WARM_POOL, WarmPoolSchema, completeWarmPool, {
      within: ({ metadata }) => [metadata.projectId],
    }),
    environments: table("environment", ResourceType.ENVIRONMENT, EnvironmentSchema, completeEnvironment, {
      reach: "creator",
      within: ({ metadata }) => [metadata.runnerId],
    }),
    services: table("service", ResourceType.SERVICE, ServiceSchema, completeService, {
      reach: "creator",
      within: ({ environmentId }) => [environmentId],
    }),
    tasks: table("task", ResourceType.TASK, TaskSchema, completeTask, {
      reach: "creator",
      within: ({ environmentId }) => [environmentId],
    }),
    taskExecutions: table("task execution", ResourceType.TASK_EXECUTION, TaskExecutionSchema, completeExecution, {
      reach: "creator",
      within: ({ metadata }) => [metadata.environmentId],
    }),
    groups: table("group", ResourceType.GROUP, GroupSchema, asIs),
    groupMemberships: table("membership", ResourceType.GROUP_MEMBERSHIP_CHANGED, GroupMembershipSchema, asIs, {
      within: ({ groupId, subject }) => [groupId, subject?.id ?? ""],
    }),
    roleAssignments: table("role assignment", ResourceType.ROLE_ASSIGNMENT, RoleAssignmentSchema, asIs, {
      within: ({ groupId, resourceId }) => [groupId, resourceId],
    }),
    teams: table("team", ResourceType.UNSPECIFIED, TeamSchema, asIs),
    teamMembers: table("team member", ResourceType.UNSPECIFIED, TeamMemberSchema, asIs, {
      within: ({ teamId, userId }) => [teamId, userId],
    }),
    teamCreditAllocations: table("credit allocation", ResourceType.UNSPECIFIED, TeamCreditAllocationInfoSchema, asIs, {
      within: ({ teamId }) => [teamId],
    }),
    userBudgets: table("budget", ResourceType.UNSPECIFIED, EnterpriseAIUserBudgetPolicySchema, asIs, {
      within: ({ userId = "" }) => [userId],
    }),
    serviceAccounts: table("service account", ResourceType.SERVICE_ACCOUNT, ServiceAccountSchema, asIs),
    serviceAccountTokens: table(
      "service account token",
      ResourceType.SERVICE_ACCOUNT_TOKEN,
      ServiceAccountTokenSchema,
      asIs,
      { within: ({ serviceAccountId }) => [serviceAccountId] },
    ),
    securityPolicies: table("security policy", ResourceType.SECURITY_POLICY, SecurityPolicySchema, asIs),
    domainVerifications: table("domain verification", ResourceType.DOMAIN_VERIFICATION, DomainVerificationSchema, asIs),
    ssoConfigurations: table("SSO configuration", ResourceType.SSO_CONFIG, SSOConfigurationSchema, asIs),
    scimConfigurations: table("SCIM configuration", ResourceType.SCIM_CONFIGURATION, SCIMConfigurationSchema, asIs, {
      within: ({ ssoConfigurationId }) => [ssoConfigurationId],
    }),
    customDomains: table("custom domain", ResourceType.CUSTOM_DOMAIN, CustomDomainSchema, asIs),
    integrations: table("integration", ResourceType.INTEGRATION, IntegrationSchema, asIs),
    webhooks: table("webhook", ResourceType.WEBHOOK, WebhookSchema, completeWebhook),
    workflows: table("workflow", ResourceType.WORKFLOW, WorkflowSchema, completeWorkflow),
    workflowExecutions: table(
      "workflow execution",
      ResourceType.WORKFLOW_EXECUTION,
      WorkflowExecutionSchema,
      completeWorkflowExecution,
      { within: ({ metadata }) => [metadata.workflowId] },
    ),
    prompts: table("prompt", ResourceType.PROMPT, PromptSchema, completePrompt),
    secrets: table("secret", ResourceType.SECRET, SecretSchema, asIs),
    classicUsers: table("user", ResourceType.UNSPECIFIED, UserSchema, asIs),
    classicTeams: table("team", ResourceType.UNSPECIFIED, ClassicTeamSchema, asIs),
    classicTeamMembers: table("team member", ResourceType.UNSPECIFIED, ClassicTeamMemberSchema, asIs, {
      within: ({ userId }, { organizationId }) => [organizationId, userId],
    }),
    classicWorkspaces: table("workspace", ResourceType.UNSPECIFIED, WorkspaceSchema, asIs, {
      reach: "creator",
      within: ({ ownerId }) => [ownerId],
    }),
    tokens: new Map(),
    keys: new Map(),
    domainRecords: new Map(),
  };
}

/** The tables of a world by name, for whoever treats all kinds alike. */
export function tablesOf(world: World): Record<TableName, Table<unknown, unknown>> {
  const { tokens: _tokens, keys: _keys, domainRecords: _domainRecords, ...tables } = world;
  return tables;
}

/** The name of a table. */
export type TableName = Exclude<keyof World, "tokens" | "keys" | "domainRecords">;
