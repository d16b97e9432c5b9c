import { classicIds, type Emulator, ids } from "../../emulator";
import type { JsonObject } from "../../provider/value/json";
import { anything } from "./dress";
import { placeholder } from "./text";

/** What is there already when an object is made. */
export interface There {
  readonly emulator: Emulator;
  /** How many objects of the kind came before. */
  readonly round: number;
  /** A number that no other object has. */
  readonly number: number;
  /** The id of one of the objects of a kind. */
  of(kind: string): string;
  /** The next object of a kind for which no object of this kind has asked yet. */
  next(kind: string): { readonly id: string; readonly inputs: JsonObject } | undefined;
}

/** Inputs of the next object of a kind, none where nothing is left for one. */
export type Recipe = (there: There) => JsonObject | undefined;

const git = (name: string) => ({ specs: [{ git: { remoteUri: `https://example.com/${name}.git` } }] });

const once =
  (inputs: (there: There) => JsonObject): Recipe =>
  (there) =>
    there.round === 0 ? inputs(there) : undefined;

const secretScopes = ["projectId", "organizationId", "userId", "serviceAccountId"] as const;

const mounts = [
  { environmentVariable: true },
  { filePath: "/run/secrets/token" },
  { containerRegistryBasicAuthHost: "registry.example.com" },
  { apiOnly: true },
];

const roles = [
  (there: There) => ["PROJECT", there.of("project"), "PROJECT_ADMIN"],
  (there: There) => ["RUNNER", there.of("runner"), "RUNNER_ADMIN"],
  (there: There) => ["WORKFLOW", there.of("workflow"), "WORKFLOW_EXECUTOR"],
  () => ["ORGANIZATION", ids.organization, "ORG_PROJECTS_ADMIN"],
  (there: There) => ["PROJECT", there.of("project"), "PROJECT_USER"],
] as const;

/** Each kind that an organization has many or one of, in an order in which what is named is there. */
export const recipes: Readonly<Record<string, Recipe>> = {
  runner: ({ round }) => ({
    name: anything,
    provider: "RUNNER_PROVIDER_AWS_EC2",
    spec: {
      configuration: {
        region: "eu-central-1",
        autoUpdate: round % 2 === 0,
        ...(round % 2 === 1 && {
          metrics: { enabled: true, url: "https://metrics.example.com", username: anything, password: anything },
          updateWindow: { startHour: 1, endHour: 5 },
        }),
      },
    },
  }),
  environmentClass: ({ of, round }) => ({
    runnerId: of("runner"),
    displayName: anything,
    description: anything,
    configuration: [
      { key: "machineType", value: "m6i.2xlarge" },
      ...(round % 3 === 0 ? [{ key: "diskSizeGb", value: "200" }] : []),
    ],
    ...(round % 4 === 3 && { enabled: false }),
  }),
  project: ({ of, round, number }) => ({
    name: anything,
    initializer:
      round % 3 === 2 ? { specs: [{ contextUrl: { url: `https://example.com/${number}` } }] } : git(`p${number}`),
    ...(round % 2 === 0 && {
      environmentClasses: [
        { environmentClassId: ids.smallClass, order: 0 },
        { environmentClassId: of("environmentClass"), order: 1 },
        { localRunner: true, order: 2 },
      ],
      prebuildConfiguration: { enabled: true, environmentClassIds: [ids.smallClass], timeout: "1800s" },
    }),
    ...(round % 4 === 1 && { recommendedEditors: { editors: { vscode: { versions: [] } } } }),
  }),
  projectInsights: ({ next }) => on(next("project"), (projectId) => ({ projectId })),
  warmPool: ({ next, round }) => {
    const project = next("project");
    if (!project?.inputs.prebuildConfiguration) return undefined;
    return { projectId: project.id, environmentClassId: ids.smallClass, ...(round % 2 === 0 && { maxSize: 3 }) };
  },
  environment: ({ of, round }) => {
    const spec = { machine: { class: ids.smallClass } };
    const variants: JsonObject[] = [
      { name: anything, spec: { ...spec, desiredPhase: "ENVIRONMENT_PHASE_RUNNING" } },
      { name: anything, spec },
      { name: anything, projectId: of("project"), spec },
      { name: anything, spec: { ...spec, desiredPhase: "ENVIRONMENT_PHASE_STOPPED" } },
      {
        name: anything,
        spec: {
          ...spec,
          ports: [{ port: 3000, name: "web", admission: "ADMISSION_LEVEL_ORGANIZATION" }],
          timeout: { disconnected: "7200s" },
          content: { initializer: git("content") },
        },
      },
    ];
    return variants[round % variants.length];
  },
  service: ({ of, round, number }) => ({
    environmentId: of("environment"),
    metadata: { reference: `web-${number}`, name: anything },
    spec: {
      commands: { start: round % 3 === 0 ? "sleep infinity" : anything },
      ...(round % 2 === 0 && { desiredPhase: "SERVICE_PHASE_STOPPED" }),
    },
  }),
  task: ({ next, of, round, number }) => {
    const service = round % 2 === 1 ? next("service") : undefined;
    return {
      environmentId: service?.inputs.environmentId ?? of("environment"),
      metadata: { reference: `seed-${number}`, name: anything },
      spec: { command: anything },
      ...(service && { dependsOn: [service.id] }),
    };
  },
  group: ({ number }) => ({
    name: `Group ${number} ${["é", "🚀", "מ", placeholder][number % 4]}`,
    description: anything,
  }),
  serviceAccount: ({ round }) => ({
    name: anything,
    validUntil: "2035-01-01T00:00:00Z",
    ...(round % 2 === 0 && { description: anything }),
  }),
  organizationMember: ({ emulator, round }) => ({
    userId: emulator.admin.addMember({ name: `Person ${round} ${["Ünal", "אבי", "🙂", "O'Hara"][round % 4]}` }),
    role: "ORGANIZATION_ROLE_MEMBER",
  }),
  groupMembership: ({ next, of, round }) =>
    on(next("group"), (groupId) => ({
      groupId,
      subject:
        round % 2 === 0
          ? { principal: "PRINCIPAL_USER", id: ids.colleague }
          : { principal: "PRINCIPAL_SERVICE_ACCOUNT", id: of("serviceAccount") },
    })),
  team: () => ({ name: anything }),
  teamMember: ({ of, next }) =>
    on(next("organizationMember"), (userId) => ({ teamId: of("team"), userId: userOf(userId) })),
  teamCreditAllocation: ({ next, round }) =>
    on(next("team"), (teamId) => ({
      teamId,
      ...(round % 2 === 0
        ? { creditBudget: "5000" }
        : { costBudgetMicrounits: "7", costBudgetCurrency: "BILLING_CURRENCY_EUR" }),
    })),
  userBudget: ({ next, round }) => {
    if (round === 0) return { mode: "ENTERPRISE_AI_USER_BUDGET_MODE_CREDITS", monthlyCreditLimit: "1000" };
    if (round === 1) return { mode: "ENTERPRISE_AI_USER_BUDGET_MODE_BYOK", noCap: true };
    return on(next("organizationMember"), (member) => ({
      mode: "ENTERPRISE_AI_USER_BUDGET_MODE_CREDITS",
      userId: userOf(member),
      ...(round % 2 === 0 ? { monthlyCreditLimit: "10" } : { noCap: true }),
    }));
  },
  hostAuthenticationToken: ({ number }) => ({
    runnerId: ids.runner,
    host: `host-${number}.example.com`,
    token: anything,
    source: "HOST_AUTHENTICATION_TOKEN_SOURCE_PAT",
    subject: { principal: "PRINCIPAL_USER", id: ids.owner },
  }),
  integration: ({ round, number }) =>
    [
      {
        integrationDefinitionId: "linear",
        name: anything,
        auth: { oauth: { clientId: "shop", clientSecret: anything } },
      },
      {
        integrationDefinitionId: "github-app",
        auth: {
          proprietaryApp: { appId: "17", privateKey: anything, clientSecret: anything, webhookSecret: anything },
        },
      },
      { name: anything, host: `wiki-${number}.example.com`, auth: { requiresAuth: true, apiKey: {} } },
    ][round % 3],
  llmIntegration: ({ round }) => ({
    runnerId: ids.runner,
    models: ["SUPPORTED_MODEL_SONNET_4_5"],
    endpoint: "https://api.example.com",
    apiKey: anything,
    ...(round % 2 === 1 && { maxTokens: "1000" }),
    ...(round % 3 === 1 && { phase: "LLM_INTEGRATION_PHASE_DISABLED" }),
    ...(round % 2 === 0 && { requestHeaders: [{ key: "x-key", value: anything }] }),
  }),
  scmIntegration: ({ round, number }) => ({
    runnerId: ids.runner,
    scmId: "gitlab",
    host: `git-${number}.example.com`,
    ...(round % 2 === 0 ? { pat: true } : { oauthClientId: anything, oauthPlaintextClientSecret: anything }),
  }),
  prompt: ({ round, number }) => ({
    name: anything,
    description: anything,
    prompt: anything,
    ...(round % 2 === 0 ? { isCommand: true, command: `review-${number}` } : { isSkill: round % 4 === 1 }),
  }),
  secret: ({ of, round, number }) => {
    const scope = secretScopes[round % secretScopes.length]!;
    const scopes = {
      projectId: () => of("project"),
      organizationId: () => ids.organization,
      userId: () => ids.owner,
      serviceAccountId: () => of("serviceAccount"),
    };
    return {
      scope: { [scope]: scopes[scope]() },
      name: `TOKEN_${number}`,
      value: anything,
      ...mounts[Math.floor(round / 4) % mounts.length],
    };
  },
  securityPolicy: ({ round }) => ({
    metadata: { name: anything },
    spec: {
      ports: { maxAdmissionLevel: "ADMISSION_LEVEL_ORGANIZATION" },
      ...(round % 2 === 0 && {
        executables: {
          defaultEffect: "EFFECT_ALLOW",
          rules: Array.from({ length: round === 0 ? 100 : 2 }, (_, i) => ({
            path: `/usr/bin/n${i}`,
            effect: "EFFECT_BLOCK",
          })),
        },
      }),
    },
  }),
  domainVerification: ({ number }) => ({ domain: `d${number}.example.com` }),
  ssoConfiguration: ({ number, round }) => ({
    clientId: `client-${number}`,
    clientSecret: anything,
    issuerUrl: `https://login-${number}.example.com`,
    ...(round % 2 === 0 && { displayName: anything, additionalScopes: ["groups"] }),
    ...(round % 2 === 1 && { emailDomains: [`sso-${number}.example.com`, `more-${number}.example.com`] }),
    ...(round % 4 === 0 && { state: "SSO_CONFIGURATION_STATE_INACTIVE" }),
  }),
  scimConfiguration: ({ next }) =>
    on(next("ssoConfiguration"), (ssoConfigurationId) => ({ name: anything, ssoConfigurationId })),
  webhook: ({ round }) => ({
    name: anything,
    provider: "WEBHOOK_PROVIDER_GITHUB",
    ...(round % 2 === 0
      ? { type: "WEBHOOK_TYPE_SCM_REPOSITORY", scopes: [{ host: "github.com", owner: "gitpod-io", name: "empty" }] }
      : { type: "WEBHOOK_TYPE_SCM_ORGANIZATION", organizationScope: { host: "github.com", name: "gitpod-io" } }),
  }),
  workflow: ({ of, round }) => {
    const context = { projects: { projectIds: [of("project"), of("project")] } };
    const triggers: JsonObject[] = [
      { manual: {}, context },
      { time: { cronExpression: "0 6 * * 1" }, context },
      { pullRequest: { events: ["PULL_REQUEST_EVENT_OPENED"], webhookId: of("webhook") }, context },
    ];
    const limits = { maxParallel: 1, maxTotal: 10 };
    return {
      name: anything,
      triggers: [triggers[round % 3]!],
      action: { limits, steps: [{ agent: { prompt: anything } }, { task: { command: anything } }] },
      ...(round % 2 === 1 && { executor: { principal: "PRINCIPAL_SERVICE_ACCOUNT", id: of("serviceAccount") } }),
      ...(round % 4 === 2 && { disabled: true, description: anything }),
    };
  },
  roleAssignment: (there) => {
    const [type, resourceId, role] = roles[there.round % roles.length]!(there);
    return on(there.next("group"), (groupId) => ({
      groupId,
      resourceType: `RESOURCE_TYPE_${type}`,
      resourceId: resourceId!,
      resourceRole: `RESOURCE_ROLE_${role}`,
    }));
  },
  announcementBanner: once(() => ({ message: anything, enabled: true })),
  customDomain: once(() => ({
    domainName: "gitpod.example.com",
    provider: "CUSTOM_DOMAIN_PROVIDER_AWS",
    cloudAccountId: "123456789012",
  })),
  oidcConfig: once(() => ({ oidcConfig: { v3: { extraSubFields: ["project_id"] } } })),
  organization: once(() => ({ name: anything, inviteDomains: { domains: ["acme.example"] } })),
  organizationPolicies: once(({ of }) => ({
    maximumEnvironmentsPerUser: "10",
    maximumEnvironmentTimeout: "28800s",
    portSharingDisabled: true,
    securityPolicyId: of("securityPolicy"),
    agentPolicy: { commandDenyList: ["rm -rf /", placeholder], scmToolsAllowedGroupId: of("group") },
    securityAgentPolicy: { crowdstrike: { enabled: true, image: "example.com/sensor", cidSecretId: of("secret") } },
  })),
  termsOfService: once(() => ({ markdown: anything, enabled: true })),
  experimentalTeam: ({ round }) => (round < 3 ? { name: anything } : undefined),
  experimentalWorkspace: ({ of, round }) =>
    round < 3
      ? {
          contextUrl: `https://github.com/example/website-${round}`,
          organizationId: of("experimentalTeam"),
          startSpec: { workspaceClass: "g1-standard" },
          ...(round === 1 && { desiredPhase: "PHASE_STOPPED" }),
        }
      : undefined,
  experimentalTeamMember: ({ next }) =>
    on(next("experimentalTeam"), (teamId) => ({ teamId, userId: classicIds.member, role: "TEAM_ROLE_MEMBER" })),
};

/** Kinds that no import takes, that are told once, or that live no longer than what they do. */
export const notImported: readonly string[] = [
  "activeRunner",
  "automationsFile",
  "experimentalTeamInvitation",
  "organizationInvite",
  "prebuild",
  "runnerToken",
  "serviceAccountToken",
  "taskExecution",
  "workflowExecution",
];

const on = (other: { readonly id: string } | undefined, inputs: (id: string) => JsonObject): JsonObject | undefined =>
  other && inputs(other.id);

/** The user of a membership, whose address ends with it. */
const userOf = (address: string): string => address.split("/").at(-1) ?? "";
