/** A resource of `gitpod-io/ona`, by its type without the prefix. */
export type Sample = readonly [type: string, name: string, values: Readonly<Record<string, unknown>>];

/** Returns the id of an object on the platform, or another text that it shows. */
export type Shows = (name: string, output?: string) => string;

const own = { id: "01900000-0000-7000-8000-0000000000f2" };

/** One resource of each type of `gitpod-io/ona`, and more where the type has variants. */
export const samples = (of: Shows): Sample[] => {
  const onGroup = { ...own, group_id: of("group") };
  const organization = { id: of("organization") };
  const scoped = (scope: string, name: string, owner: object) => ({ id: of(name), scope, ...owner });
  return [
    ["announcement_banner", "announcementBanner", { ...organization, enabled: true, message: "Down on Sunday" }],
    ["automation", "workflow", { id: of("workflow"), service_account_id: null }],
    ["automation_role_assignment", "workflowRole", { ...onGroup, automation_id: of("workflow"), role: "executor" }],
    ["custom_domain", "customDomain", { ...own, organization_id: of("organization"), domain_name: "dev.example.com" }],
    ["environment_class", "environmentClass", { id: of("environmentClass"), enabled: true }],
    ["environment_class", "disabledClass", { id: of("disabledClass"), enabled: false }],
    [
      "git_authentication",
      "hostAuthenticationToken",
      {
        id: of("hostAuthenticationToken"),
        service_account_id: of("hostAuthenticationToken", "subject.id"),
        personal_access_token: null,
      },
    ],
    ["github_app_integration", "githubApp", { id: of("githubApp"), app_id: "17" }],
    [
      "group_membership",
      "groupMembership",
      { ...own, group_id: of("groupMembership", "groupId"), user_id: of("owner") },
    ],
    ["group_membership", "accountInGroup", { ...onGroup, user_id: null, service_account_id: of("serviceAccount") }],
    ["integration", "integration", { id: of("integration") }],
    ["integration", "customIntegration", { id: of("customIntegration"), integration_definition_id: null }],
    ["oidc_config", "oidcConfig", { ...organization, version: "v3" }],
    ["organization_ai_budget", "userBudget", { ...own, mode: "credits", credit_limit: 100 }],
    ["organization_ai_budget", "byokBudget", { ...own, mode: "byok", no_cap: true }],
    ["organization_policies", "organizationPolicies", { ...organization, organization_id: of("organization") }],
    ["organization_role_assignment", "organizationRole", { ...onGroup, role: "runners_admin" }],
    [
      "organization_role_assignment",
      "organizationAdmin",
      { ...onGroup, role: "organization_admin", organization_id: of("organization") },
    ],
    ["project", "project", { id: of("project"), name: "Shop", insights_enabled: false }],
    ["project", "watched", { id: of("watched"), name: "Watched", insights_enabled: true }],
    [
      "project_role_assignment",
      "roleAssignment",
      {
        ...own,
        group_id: of("roleAssignment", "groupId"),
        project_id: of("roleAssignment", "resourceId"),
        role: "admin",
      },
    ],
    ["project_role_assignment", "projectEditor", { ...onGroup, project_id: of("project"), role: "editor" }],
    ["runner", "runner", { id: of("runner"), runner_id: of("runner"), runner_provider: "aws_ec2" }],
    ["runner", "gcpRunner", { id: of("gcpRunner"), runner_id: of("gcpRunner"), runner_provider: "gcp" }],
    ["runner_llm_integration", "llmIntegration", { id: of("llmIntegration"), api_key: null, api_key_version: "1" }],
    ["runner_role_assignment", "runnerRole", { ...onGroup, runner_id: of("gcpRunner"), role: "user" }],
    ["runner_token", "runnerToken", { ...own, runner_id: of("runnerToken"), token: "one-time" }],
    ["scim_configuration", "scimConfiguration", { id: of("scimConfiguration"), token: "told-once" }],
    ["scm_integration", "scmIntegration", { id: of("scmIntegration"), oauth_client_secret: null }],
    ["scm_integration", "patIntegration", { id: of("patIntegration"), pat: true }],
    ["secret", "secret", scoped("project", "secret", { project_id: of("project"), value: null })],
    ["secret", "sharedSecret", scoped("organization", "sharedSecret", { organization_id: of("organization") })],
    ["secret", "ownSecret", scoped("user", "ownSecret", { user_id: of("owner") })],
    ["secret", "robotSecret", scoped("service_account", "robotSecret", { service_account_id: of("serviceAccount") })],
    ["security_policy", "securityPolicy", { id: of("securityPolicy") }],
    ["service_account", "serviceAccount", { id: of("serviceAccount") }],
    ["skill", "prompt", { id: of("prompt") }],
    ["sso_configuration", "ssoConfiguration", { id: of("ssoConfiguration"), client_secret: null }],
    ["team", "team", { id: of("team") }],
    ["team_ai_budget", "teamCreditAllocation", { ...own, team_id: of("teamCreditAllocation"), mode: "credits" }],
    ["team_ai_budget", "teamCosts", { ...own, team_id: of("teamCreditAllocation"), mode: "byok" }],
    ["team_membership", "teamMember", { ...own, team_id: of("teamMember", "teamId"), user_id: of("owner") }],
    ["terms_of_service", "termsOfService", { ...organization, enabled: true }],
    ["user_ai_budget", "colleagueBudget", { ...own, user_id: of("colleague"), mode: "byok" }],
    ["user_ai_budget", "ownBudget", { ...own, user_id: of("owner"), mode: "credits" }],
    ["warm_pool", "warmPool", { id: of("warmPool") }],
    ["webhook", "webhook", { id: of("webhook"), type: "repository" }],
    ["webhook", "organizationWebhook", { id: of("organizationWebhook"), type: "organization" }],
  ];
};

/**
 * What `terraform show -json` prints of a state of `gitpod-io/ona` with these resources and a group in a module, beside
 * what it only reads and what others manage.
 */
export const shownState = (of: Shows, found: readonly Sample[] = samples(of)) => ({
  format_version: "1.0",
  terraform_version: "1.14.0",
  values: {
    root_module: {
      resources: [
        ...found.map(shown),
        { ...shown(["project", "found", { id: of("project") }]), mode: "data", address: "data.ona_project.found" },
        { ...shown(["", "main", { id: "vpc-1" }]), type: "aws_vpc", address: "aws_vpc.main" },
      ],
      child_modules: [
        {
          address: "module.people",
          resources: [
            {
              ...shown(["group", "team", { id: of("group"), name: "Reviewers" }]),
              address: 'module.people.ona_group.team["reviewers"]',
              index: "reviewers",
            },
          ],
        },
      ],
    },
  },
});

/** A resource as Terraform shows it. */
export const shown = ([type, name, values]: Sample) => ({
  address: `ona_${type}.${name}`,
  mode: "managed",
  type: `ona_${type}`,
  name,
  provider_name: "registry.terraform.io/gitpod-io/ona",
  schema_version: 0,
  values,
});

/**
 * What `pulumi stack export` gives of a stack that has these resources and a group in a component through Pulumi's bridge,
 * beside what it only reads and what others manage.
 */
export const exportedStack = (of: Shows, found: readonly Sample[] = samples(of)) => ({
  version: 3,
  deployment: {
    resources: [
      { urn: urnOf("pulumi:pulumi:Stack", "test-dev"), custom: false, type: "pulumi:pulumi:Stack" },
      { urn: urnOf("pulumi:providers:ona", "default_0_4_0"), custom: true, id: own.id, type: "pulumi:providers:ona" },
      ...found.map(exported),
      { ...exported(["project", "found", { id: of("project") }]), external: true },
      { urn: urnOf("aws:ec2/vpc:Vpc", "main"), custom: true, id: "vpc-1", type: "aws:ec2/vpc:Vpc" },
      {
        ...exported(["group", "people-team-reviewers", { id: of("group"), name: "Reviewers" }]),
        urn: urnOf("acme:index:People$ona:index/group:Group", "people-team-reviewers"),
      },
    ],
  },
});

/** A resource as Pulumi exports it with its bridge. */
export const exported = ([type, name, values]: Sample) => {
  const token = `ona:index/${camel(type)}:${camel(`_${type}`)}`;
  const attributes = Object.entries(values).filter(([, value]) => value !== null);
  const outputs = Object.fromEntries(attributes.map(([key, value]) => [camel(key), value]));
  return {
    urn: urnOf(token, name),
    custom: true,
    id: String(values.id),
    type: token,
    inputs: { __defaults: [] },
    outputs: { ...outputs, __meta: '{"schema_version":"0"}', __pulumi_raw_state_delta: { obj: { ps: {} } } },
    provider: `${urnOf("pulumi:providers:ona", "default_0_4_0")}::${own.id}`,
  };
};

const urnOf = (type: string, name: string): string => `urn:pulumi:dev::test::${type}::${name}`;

const camel = (name: string): string => name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
