import { classicIds, ids } from "../emulator";
import type { JsonObject } from "../provider/value/json";
import type { Home } from "./home";

/** Which of two programs: the first, or the one with a change in place of every resource. */
export type Variant = "first" | "changed";

/** Says the inputs of one of many objects of a kind. */
export type Inputs = (number: number, variant: Variant, home: Home) => JsonObject;

/** The inputs of one of many objects of a kind, by its name with its module; a kind without a change in place has the same in both variants. */
export const kinds = {
  Project: (number, variant) => ({
    name: `Shop ${number}${variant === "first" ? "" : " 2"}`,
    initializer: { specs: [{ git: { remoteUri: `https://example.com/shop-${number}.git` } }] },
    environmentClasses: [{ environmentClassId: ids.smallClass, order: 0 }],
  }),
  Environment: (number, variant) => ({
    name: `Demo ${number}${variant === "first" ? "" : " 2"}`,
    spec: { desiredPhase: "ENVIRONMENT_PHASE_RUNNING", machine: { class: ids.smallClass } },
  }),
  Service: (number, variant, { environmentId }) => ({
    environmentId,
    metadata: { reference: `web-${number}`, name: "Web" },
    spec: {
      desiredPhase: "SERVICE_PHASE_RUNNING",
      commands: { start: variant === "first" ? "npm start" : "npm run dev" },
    },
  }),
  Task: (number, variant, { environmentId }) => ({
    environmentId,
    metadata: { reference: `seed-${number}`, name: "Seed" },
    spec: { command: variant === "first" ? "npm run seed" : "npm run seed -- --all" },
  }),
  TaskExecution: (number, _, { taskId }) => ({ taskId, triggers: { number: String(number) } }),
  AutomationsFile: (number, variant, { environmentId, environments }) => ({
    environmentId: environments[number] ?? environmentId,
    automations: {
      tasks: { [`${variant === "first" ? "lint" : "test"}-${number}`]: { name: "Check", command: "npm run check" } },
    },
  }),
  Group: (number, variant) => ({
    organizationId: ids.organization,
    name: `Reviewers ${number}`,
    description: variant === "first" ? "Read" : "Read and comment",
  }),
  Secret: (number, variant, { projectId }) => ({
    name: `TOKEN_${number}`,
    value: variant === "first" ? "first-value" : "second-value",
    environmentVariable: true,
    scope: { projectId },
  }),
  Team: (number, variant) => ({ name: `Team ${number}${variant === "first" ? "" : " b"}` }),
  TeamMember: (number, _, { teams, users }) => ({ teamId: nth(teams, number / most), userId: nth(users, number) }),
  TeamCreditAllocation: (number, variant, { teams }) => ({
    teamId: nth(teams, number),
    creditBudget: variant === "first" ? "5000" : "6000",
  }),
  UserBudget: (number, variant, { users }) => ({
    mode: "ENTERPRISE_AI_USER_BUDGET_MODE_CREDITS",
    userId: nth(users, number),
    monthlyCreditLimit: variant === "first" ? "100" : "200",
  }),
  GroupMembership: (number, _, { groups, users }) => ({
    groupId: nth(groups, number / most),
    subject: { principal: "PRINCIPAL_USER", id: nth(users, number % most) },
  }),
  RoleAssignment: (number, _, { groups, projects }) => ({
    groupId: nth(groups, number / most),
    resourceType: "RESOURCE_TYPE_PROJECT",
    resourceId: nth(projects, number % most),
    resourceRole: "RESOURCE_ROLE_PROJECT_ADMIN",
  }),
  ServiceAccount: (number, variant) => ({
    name: `Pipeline ${number}${variant === "first" ? "" : " 2"}`,
    validUntil: "2060-01-01T00:00:00Z",
  }),
  ServiceAccountToken: (number, _, { accounts }) => ({
    serviceAccountId: nth(accounts, number / most),
    description: `Token ${number}`,
  }),
  HostAuthenticationToken: (number, variant, { accounts }) => ({
    runnerId: ids.runner,
    host: `git-${number}.example.com`,
    token: variant === "first" ? "first-value" : "second-value",
    source: "HOST_AUTHENTICATION_TOKEN_SOURCE_PAT",
    subject: { principal: "PRINCIPAL_SERVICE_ACCOUNT", id: nth(accounts, number / most) },
  }),
  SecurityPolicy: (number, variant) => ({
    metadata: { name: `Careful ${number}` },
    spec: {
      ports: { maxAdmissionLevel: variant === "first" ? "ADMISSION_LEVEL_ORGANIZATION" : "ADMISSION_LEVEL_EVERYONE" },
    },
  }),
  DomainVerification: (number) => ({ domain: `shop-${number}.example.com` }),
  CustomDomain: (number, variant) => ({
    domainName: `gitpod-${number}${variant === "first" ? "" : "-2"}.example.com`,
    provider: "CUSTOM_DOMAIN_PROVIDER_AWS",
    cloudAccountId: "123456789012",
  }),
  SsoConfiguration: (number, variant) => ({
    clientId: `gitpod-${number}`,
    clientSecret: variant === "first" ? "first-value" : "second-value",
    issuerUrl: "https://login.example.com",
  }),
  EnvironmentClass: (number, variant) => ({
    runnerId: ids.runner,
    displayName: `Large ${number}`,
    description: variant === "first" ? "8 cores" : "8 cores, 32 GB of memory",
    configuration: [{ key: "machineType", value: "m6i.2xlarge" }],
  }),
  ScmIntegration: (number, variant) => ({
    runnerId: ids.runner,
    scmId: "github",
    host: `git-${number}.example.com`,
    pat: variant === "first",
  }),
  LlmIntegration: (number, variant) => ({
    runnerId: ids.runner,
    models: ["SUPPORTED_MODEL_SONNET_4_5"],
    endpoint: `https://models-${number}.example.com`,
    apiKey: variant === "first" ? "first-value" : "second-value",
  }),
  Integration: (number, variant) => ({
    integrationDefinitionId: "linear",
    name: `Issues ${number}${variant === "first" ? "" : " 2"}`,
    enabled: true,
  }),
  ProjectInsights: (number, _, { projects }) => ({ projectId: nth(projects, number) }),
  WarmPool: (number, variant, { projects }) => ({
    projectId: nth(projects, number),
    environmentClassId: ids.smallClass,
    minSize: variant === "first" ? 1 : 2,
    maxSize: 3,
  }),
  Workflow: (number, variant, { projectId }) => ({
    name: `Upkeep ${number}${variant === "first" ? "" : " 2"}`,
    triggers: [{ manual: {}, context: { projects: { projectIds: [projectId] } } }],
    action: {
      limits: { maxParallel: 1, maxTotal: 10 },
      steps: [{ agent: { prompt: "Update the dependencies, and run the tests." } }],
    },
  }),
  Prebuild: (number, _, { projects }) => ({ projectId: nth(projects, number), spec: { timeout: "1800s" } }),
  WorkflowExecution: (number, _, { workflows }) => ({ workflowId: nth(workflows, number) }),
  Prompt: (number, variant) => ({
    name: `Review ${number}${variant === "first" ? "" : " 2"}`,
    description: "Reviews the changes of a branch",
    prompt: "Review the changes of this branch, and name what could fail.",
    isCommand: true,
    command: `review-${number}`,
  }),
  ActiveRunner: () => ({ runnerId: ids.runner }),
  AnnouncementBanner: (number, variant) => ({
    message: `Environments stop on Sunday ${number}.`,
    enabled: variant === "first",
  }),
  TermsOfService: (number, variant) => ({
    markdown: `# Terms ${number}${variant === "first" ? "" : " 2"}`,
    enabled: true,
  }),
  OrganizationPolicies: (number, variant) => ({
    maximumEnvironmentsPerUser: String(number + 5),
    portSharingDisabled: variant === "first",
  }),
  OidcConfig: (number, variant) => ({
    oidcConfig: { v3: { extraSubFields: [`field_${number}${variant === "first" ? "" : "_2"}`] } },
  }),
  Organization: (number, variant) => ({ name: `Acme ${number}${variant === "first" ? "" : " 2"}` }),
  OrganizationMember: (number, variant, { users }) => ({
    userId: nth(users, number),
    role: variant === "first" ? "ORGANIZATION_ROLE_ADMIN" : "ORGANIZATION_ROLE_MEMBER",
  }),
  Runner: (number, variant) => ({
    name: `Frankfurt ${number}${variant === "first" ? "" : " 2"}`,
    provider: "RUNNER_PROVIDER_AWS_EC2",
    spec: { configuration: { region: "eu-central-1" } },
  }),
  RunnerToken: (number) => ({ runnerId: ids.runner, triggers: { number: String(number) } }),
  ScimConfiguration: (number, variant, { signIns }) => ({
    name: `Directory ${number}${variant === "first" ? "" : " 2"}`,
    ssoConfigurationId: nth(signIns, number),
  }),
  Webhook: (number, variant) => ({
    name: `Pushes ${number}${variant === "first" ? "" : " 2"}`,
    type: "WEBHOOK_TYPE_SCM_REPOSITORY",
    provider: "WEBHOOK_PROVIDER_GITHUB",
    scopes: [{ host: "github.com", owner: "gitpod-io", name: `shop-${number}` }],
  }),
  OrganizationInvite: (number) => ({ triggers: { number: String(number) } }),
  "experimental:Team": (number) => ({ name: `Team ${number}` }),
  "experimental:TeamMember": (number, variant, { classicTeams, classicUsers }) => ({
    teamId: nth(classicTeams, number / most),
    userId: nth(classicUsers, number),
    role: variant === "first" ? "TEAM_ROLE_MEMBER" : "TEAM_ROLE_OWNER",
  }),
  "experimental:TeamInvitation": (number, _, { classicTeams }) => ({ teamId: nth(classicTeams, number) }),
  "experimental:Workspace": (number) => ({
    contextUrl: `https://github.com/example/shop-${number}`,
    organizationId: classicIds.team,
  }),
} satisfies Record<string, Inputs>;

/** A kind that can be measured. */
export type Kind = keyof typeof kinds;

/** The most objects of a kind in one group or team, or of one account. */
export const most = 50;

/** Returns the id of a parent; the parents of many objects come one after the other. */
function nth(parents: readonly string[], number: number): string {
  const id = parents[Math.floor(number)];
  if (id === undefined) throw new Error(`there are ${parents.length} parents, and not ${Math.floor(number) + 1}`);
  return id;
}

/** Kinds of which an organization has one object at most, or of which one runner has one. */
export const single: ReadonlySet<Kind> = new Set<Kind>([
  "ActiveRunner",
  "AnnouncementBanner",
  "CustomDomain",
  "OidcConfig",
  "Organization",
  "OrganizationInvite",
  "OrganizationPolicies",
  "TermsOfService",
]);
