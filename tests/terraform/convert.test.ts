import { convert } from "../../terraform/import-file";
import { kinds } from "../../terraform/kind";
import { readState } from "../../terraform/state";
import { exported, exportedStack, type Sample, samples, shown, shownState } from "./sample";

const of = (name: string, output?: string) =>
  output === undefined ? name : `${name}'s ${output}`.replaceAll(/\W/g, "-");

const inTerraform = (...found: object[]) =>
  JSON.stringify({ format_version: "1.0", values: { root_module: { resources: found } } });

const inPulumi = (...resources: object[]) => JSON.stringify({ version: 3, deployment: { resources } });

const converted = (text: string) => convert(readState(text));

const entry = (kind: string, name: string, id: string) => ({ type: `gitpod:index:${kind}`, name, id });

/** What the samples are here, in their order. */
const imported = [
  entry("AnnouncementBanner", "announcementBanner", "current"),
  entry("Workflow", "workflow", "workflow"),
  entry("RoleAssignment", "workflowRole", "workflow/workflow/group/workflow_executor"),
  entry("CustomDomain", "customDomain", "current"),
  entry("EnvironmentClass", "environmentClass", "environmentClass"),
  entry("EnvironmentClass", "disabledClass", "disabledClass"),
  entry(
    "HostAuthenticationToken",
    "hostAuthenticationToken",
    "hostAuthenticationToken-s-subject-id/hostAuthenticationToken",
  ),
  entry("Integration", "githubApp", "githubApp"),
  entry("GroupMembership", "groupMembership", "groupMembership-s-groupId/user/owner"),
  entry("GroupMembership", "accountInGroup", "group/service_account/serviceAccount"),
  entry("Integration", "integration", "integration"),
  entry("Integration", "customIntegration", "customIntegration"),
  entry("OidcConfig", "oidcConfig", "current"),
  entry("UserBudget", "userBudget", "credits"),
  entry("UserBudget", "byokBudget", "byok"),
  entry("OrganizationPolicies", "organizationPolicies", "current"),
  entry("RoleAssignment", "organizationRole", "organization/current/group/org_runners_admin"),
  entry("RoleAssignment", "organizationAdmin", "organization/organization/group/org_admin"),
  entry("Project", "project", "project"),
  entry("Project", "watched", "watched"),
  entry("ProjectInsights", "watched-project-insights", "watched"),
  entry(
    "RoleAssignment",
    "roleAssignment",
    "project/roleAssignment-s-resourceId/roleAssignment-s-groupId/project_admin",
  ),
  entry("RoleAssignment", "projectEditor", "project/project/group/project_editor"),
  entry("Runner", "runner", "runner"),
  entry("Runner", "gcpRunner", "gcpRunner"),
  entry("LlmIntegration", "llmIntegration", "llmIntegration"),
  entry("RoleAssignment", "runnerRole", "runner/gcpRunner/group/runner_user"),
  entry("RunnerToken", "runnerToken", "runnerToken"),
  entry("ScimConfiguration", "scimConfiguration", "scimConfiguration"),
  entry("ScmIntegration", "scmIntegration", "scmIntegration"),
  entry("ScmIntegration", "patIntegration", "patIntegration"),
  entry("Secret", "secret", "projectId/project/secret"),
  entry("Secret", "sharedSecret", "organizationId/organization/sharedSecret"),
  entry("Secret", "ownSecret", "userId/owner/ownSecret"),
  entry("Secret", "robotSecret", "serviceAccountId/serviceAccount/robotSecret"),
  entry("SecurityPolicy", "securityPolicy", "securityPolicy"),
  entry("ServiceAccount", "serviceAccount", "serviceAccount"),
  entry("Prompt", "prompt", "prompt"),
  entry("SsoConfiguration", "ssoConfiguration", "ssoConfiguration"),
  entry("Team", "team", "team"),
  entry("TeamCreditAllocation", "teamCreditAllocation", "teamCreditAllocation"),
  entry("TeamMember", "teamMember", "teamMember-s-teamId/owner"),
  entry("TermsOfService", "termsOfService", "current"),
  entry("UserBudget", "colleagueBudget", "byok/colleague"),
  entry("UserBudget", "ownBudget", "credits/owner"),
  entry("WarmPool", "warmPool", "warmPool"),
  entry("Webhook", "webhook", "webhook"),
  entry("Webhook", "organizationWebhook", "organizationWebhook"),
  entry("Group", "people-team-reviewers", "group"),
];

const both = (first: string, second: string) =>
  `${second}: here it is one TeamCreditAllocation with ${first}, which is imported`;

/** What no API gives back of the kinds of the samples. */
const untold = {
  HostAuthenticationToken: ["token", "refreshToken"],
  Integration: [
    "auth.oauth.clientSecret",
    "auth.proprietaryApp.clientSecret",
    "auth.proprietaryApp.webhookSecret",
    "auth.proprietaryApp.privateKey",
    "auth.proprietaryApp.apiKey",
  ],
  LlmIntegration: ["apiKey", "requestHeaders"],
  Project: ["technicalDescription"],
  Runner: ["spec.configuration.metrics.password", "exchangeToken"],
  RunnerToken: ["exchangeToken"],
  ScimConfiguration: ["tokenExpiresIn", "token"],
  ScmIntegration: ["oauthPlaintextClientSecret"],
  Secret: ["value"],
  SsoConfiguration: ["clientSecret"],
  Webhook: ["secret"],
};

test("a Terraform state with every type of the vendor's provider becomes an import file", () => {
  expect(converted(JSON.stringify(shownState(of)))).toEqual({
    file: { resources: imported },
    left: [both("ona_team_ai_budget.teamCreditAllocation", "ona_team_ai_budget.teamCosts")],
    untold,
  });
});

test("a stack that has every type through Pulumi's bridge becomes the same import file", () => {
  const budget = "ona:index/teamAiBudget:TeamAiBudget";

  expect(converted(JSON.stringify(exportedStack(of)))).toEqual({
    file: { resources: imported },
    left: [
      both(`${budget}::teamCreditAllocation`, `${budget}::teamCosts`),
      "ona:index/project:Project::found: the program only reads it: call a function of this provider for that",
    ],
    untold,
  });
});

test("the samples have every type that there is a kind for, but for one of earlier releases", () => {
  const types = new Set([...samples(of).map(([type]) => `ona_${type}`), "ona_group", "ona_project_insights"]);

  expect([...types].sort()).toEqual(Object.keys(kinds).sort());
});

test.each([
  ["organization", "projects_admin", "org_projects_admin"],
  ["organization", "automations_admin", "org_automations_admin"],
  ["organization", "groups_admin", "org_groups_admin"],
  ["organization", "environments_reader", "org_environments_reader"],
  ["organization", "insights_viewer", "org_insights_viewer"],
  ["organization", "audit_log_reader", "org_audit_log_reader"],
  ["organization", "billing_viewer", "org_billing_viewer"],
  ["project", "user", "project_user"],
  ["project", "editor", "project_editor"],
  ["runner", "admin", "runner_admin"],
  ["automation", "admin", "workflow_admin"],
  ["automation", "viewer", "workflow_viewer"],
])("the role %s %s is %s", (type, role, here) => {
  const values = { group_id: "g-1", [`${type}_id`]: "x-1", role };

  const { file } = converted(inTerraform(shown([`${type}_role_assignment`, "a", values])));

  const resourceType = type === "automation" ? "workflow" : type;
  expect(file.resources).toEqual([entry("RoleAssignment", "a", `${resourceType}/x-1/g-1/${here}`)]);
});

test("a type that there is no kind for is told by its name", () => {
  expect(converted(inTerraform(shown(["runner_policy", "a", { id: "x-1" }])))).toEqual({
    file: { resources: [] },
    left: ["ona_runner_policy.a: there is no kind for ona_runner_policy, so it stays where it is"],
    untold: {},
  });
});

test("the insights that earlier releases have as a resource are imported if they are on", () => {
  const conversion = converted(
    inTerraform(
      shown(["project_insights", "on", { id: "p-1", project_id: "p-1", enabled: true }]),
      shown(["project_insights", "off", { id: "p-2", project_id: "p-2", enabled: false }]),
    ),
  );

  expect(conversion).toEqual({
    file: { resources: [entry("ProjectInsights", "on", "p-1")] },
    left: ["ona_project_insights.off: it is switched off, and what is off has no resource here"],
    untold: {},
  });
});

test("the same name in several types becomes several names", () => {
  const roles = { group_id: "g-1", role: "admin", project_id: "p-1", runner_id: "e-1", automation_id: "w-1" };
  const types = ["group", "project_role_assignment", "runner_role_assignment", "automation_role_assignment"];
  const found = types.map((type): Sample => [type, "team", { id: "g-1", ...roles }]);

  const files = [inTerraform(...found.map(shown)), inPulumi(...found.map(exported))].map(
    (text) => converted(text).file,
  );

  const names = ["team", "team-role-assignment", "team-role-assignment-2", "team-role-assignment-3"];
  expect(files.map(({ resources }) => resources.map(({ name }) => name))).toEqual([names, names]);
});

const unsure: readonly Sample[] = [
  ["secret", "a", { id: "s-1", scope: "user" }],
  ["user_ai_budget", "a", { id: "b-1", mode: "credits" }],
  ["project_role_assignment", "a", { id: "r-1", project_id: "p-1", group_id: "g-1", role: "captain" }],
  ["runner_token", "a", { id: "t-1" }],
];
const why = "its id does not follow from the state: refresh the state first, or import it by hand";

test("what a Terraform state does not know well enough is left, with what to do", () => {
  const group = shown(["group", "team", { id: "g-1" }]);

  expect(converted(inTerraform(...unsure.map(shown), { ...group, tainted: true }))).toEqual({
    file: { resources: [] },
    left: [
      `ona_secret.a: ${why}`,
      `ona_user_ai_budget.a: ${why}`,
      `ona_project_role_assignment.a: ${why}`,
      `ona_runner_token.a: ${why}`,
      "ona_group.team: Terraform has marked it as tainted and would replace it: repair it there first",
    ],
    untold: {},
  });
});

test("what a stack does not know well enough, and what its next update replaces, is left, with what to do", () => {
  const group = (name: string) => exported(["group", name, { id: "g-1" }]);

  const conversion = converted(
    inPulumi(
      ...unsure.map(exported),
      { ...group("old"), delete: true },
      { ...group("new"), pendingReplacement: true },
      { ...group("marked"), taint: true },
    ),
  );

  expect(conversion).toEqual({
    file: { resources: [] },
    left: [
      `ona:index/secret:Secret::a: ${why}`,
      `ona:index/userAiBudget:UserAiBudget::a: ${why}`,
      `ona:index/projectRoleAssignment:ProjectRoleAssignment::a: ${why}`,
      `ona:index/runnerToken:RunnerToken::a: ${why}`,
      "ona:index/group:Group::old: its replacement is not finished: run `pulumi up` there first",
      "ona:index/group:Group::new: its replacement is not finished: run `pulumi up` there first",
      "ona:index/group:Group::marked: Pulumi has marked it as tainted and would replace it: run `pulumi up` there first",
    ],
    untold: {},
  });
});

test("a secret part of an id is read from an export that has it in clear, and missed in one that does not", () => {
  const envelope = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
  const budget = (user: object) => exported(["user_ai_budget", "a", { id: "b-1", mode: "byok", user_id: user }]);

  const clear = converted(inPulumi(budget({ ...envelope, plaintext: '"u-1"' })));
  const encrypted = converted(inPulumi(budget({ ...envelope, ciphertext: "v1:abc" })));

  expect(clear).toEqual({ file: { resources: [entry("UserBudget", "a", "byok/u-1")] }, left: [], untold: {} });
  expect(encrypted).toEqual({
    file: { resources: [] },
    left: [`ona:index/userAiBudget:UserAiBudget::a: ${why}`],
    untold: {},
  });
});

const wrong = "This is not the output of `terraform show -json` for a state or of `pulumi stack export`";

test.each([
  ["text", "no JSON", "This is not JSON: pass the output of `terraform show -json` or of `pulumi stack export`."],
  [
    "the file of a state",
    '{ "version": 4, "serial": 1, "resources": [] }',
    `${wrong}: it is the state file itself; run \`terraform show -json\` in its folder.`,
  ],
  [
    "a plan",
    '{ "format_version": "1.2", "planned_values": {} }',
    `${wrong}: it is a plan; run \`terraform show -json\` without a file.`,
  ],
  [
    "a file of Pulumi's backend",
    '{ "version": 3, "checkpoint": { "stack": "dev" } }',
    `${wrong}: it is a file of Pulumi's backend; run \`pulumi stack export\` for its stack.`,
  ],
  ["something else", '{ "name": "shop" }', `${wrong}: it has neither format_version nor deployment.`],
])("%s is refused with what to give", (_, text, reason) => {
  expect(() => readState(text)).toThrow(reason);
});
