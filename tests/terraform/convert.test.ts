import { convert } from "../../terraform/import-file";
import { readState } from "../../terraform/state";
import { resource, shownState } from "./sample";

const ids = { project: "p-1", group: "g-1", secret: "s-1" };

const shown = (...resources: object[]) =>
  JSON.stringify({ format_version: "1.0", values: { root_module: { resources } } });

const managed = (type: string, name: string, values: object) => resource(`ona_${type}`, name, values);

const group = managed("group", "team", { id: "g-1" });

test("what there is a kind for goes into the import file, and the rest is told with the reason", () => {
  const conversion = convert(readState(JSON.stringify(shownState(ids))));

  expect(conversion).toEqual({
    file: {
      resources: [
        { type: "gitpod:index:Project", name: "shop", id: "p-1" },
        { type: "gitpod:index:Secret", name: "token", id: "projectId/p-1/s-1" },
        { type: "gitpod:index:Group", name: "people-team-reviewers", id: "g-1" },
      ],
    },
    left: ["ona_runner.eu: there is no kind for ona_runner, so it stays with Terraform"],
  });
});

test.each([
  ["organization", { organization_id: "o-1" }, "organizationId/o-1/s-1"],
  ["user", { user_id: "u-1" }, "userId/u-1/s-1"],
  ["service_account", { service_account_id: "a-1" }, "serviceAccountId/a-1/s-1"],
])("a secret of the scope %s is imported by its owner", (scope, owner, id) => {
  const { file } = convert(readState(shown(managed("secret", "a", { id: "s-1", scope, ...owner }))));

  expect(file.resources).toEqual([{ type: "gitpod:index:Secret", name: "a", id }]);
});

const user = "22222222-2222-4222-8222-222222222222";

test.each([
  ["automation", { id: "w-1" }, "Workflow", "w-1"],
  [
    "automation_role_assignment",
    { id: "r-1", automation_id: "w-1", group_id: "g-1", role: "executor" },
    "RoleAssignment",
    "workflow/w-1/g-1/workflow_executor",
  ],
  ["custom_domain", { id: "d-1", domain_name: "gitpod.example.com" }, "CustomDomain", "current"],
  ["environment_class", { id: "c-1", enabled: false }, "EnvironmentClass", "c-1"],
  ["github_app_integration", { id: "i-1", app_id: "17" }, "Integration", "i-1"],
  [
    "group_membership",
    { id: "m-1", group_id: "g-1", service_account_id: "a-1" },
    "GroupMembership",
    "g-1/service_account/a-1",
  ],
  [
    "group_membership",
    { id: "m-1", group_id: "g-1", user_id: user, service_account_id: null },
    "GroupMembership",
    `g-1/user/${user}`,
  ],
  ["integration", { id: "i-1" }, "Integration", "i-1"],
  ["organization_ai_budget", { id: "b-1", mode: "credits" }, "UserBudget", "credits"],
  [
    "organization_role_assignment",
    { id: "r-1", group_id: "g-1", role: "organization_admin" },
    "RoleAssignment",
    "organization/current/g-1/org_admin",
  ],
  [
    "organization_role_assignment",
    { id: "r-1", group_id: "g-1", role: "runners_admin", organization_id: "o-1" },
    "RoleAssignment",
    "organization/o-1/g-1/org_runners_admin",
  ],
  ["project_insights", { id: "p-1", project_id: "p-1", enabled: true }, "ProjectInsights", "p-1"],
  [
    "project_role_assignment",
    { id: "r-1", project_id: "p-1", group_id: "g-1", role: "editor" },
    "RoleAssignment",
    "project/p-1/g-1/project_editor",
  ],
  ["runner_llm_integration", { id: "l-1" }, "LlmIntegration", "l-1"],
  [
    "runner_role_assignment",
    { id: "r-1", runner_id: "e-1", group_id: "g-1", role: "user" },
    "RoleAssignment",
    "runner/e-1/g-1/runner_user",
  ],
  ["scm_integration", { id: "s-1" }, "ScmIntegration", "s-1"],
  ["security_policy", { id: "y-1" }, "SecurityPolicy", "y-1"],
  ["service_account", { id: "a-1" }, "ServiceAccount", "a-1"],
  ["skill", { id: "k-1" }, "Prompt", "k-1"],
  ["sso_configuration", { id: "o-1" }, "SsoConfiguration", "o-1"],
  ["team", { id: "t-1" }, "Team", "t-1"],
  ["team_ai_budget", { id: "b-1", team_id: "t-1", mode: "byok" }, "TeamCreditAllocation", "t-1"],
  ["team_membership", { id: "m-1", team_id: "t-1", user_id: user }, "TeamMember", `t-1/${user}`],
  ["user_ai_budget", { id: "b-1", user_id: user, mode: "byok" }, "UserBudget", `byok/${user}`],
  ["warm_pool", { id: "h-1" }, "WarmPool", "h-1"],
])("ona_%s %j is %s, imported as %s", (type, values, kind, id) => {
  const conversion = convert(readState(shown(managed(type, "a", values))));

  expect(conversion).toEqual({ file: { resources: [{ type: `gitpod:index:${kind}`, name: "a", id }] }, left: [] });
});

test.each(["runner", "runner_token", "webhook", "organization_policies", "terms_of_service", "announcement_banner"])(
  "ona_%s is told, by its name, to have no kind",
  (type) => {
    const conversion = convert(readState(shown(managed(type, "a", { id: "x-1" }))));

    expect(conversion).toEqual({
      file: { resources: [] },
      left: [`ona_${type}.a: there is no kind for ona_${type}, so it stays with Terraform`],
    });
  },
);

test("a project whose insights are on is a project and its insights", () => {
  const { file } = convert(readState(shown(managed("project", "shop", { id: "p-1", insights_enabled: true }))));

  expect(file.resources).toEqual([
    { type: "gitpod:index:Project", name: "shop", id: "p-1" },
    { type: "gitpod:index:ProjectInsights", name: "shop-project-insights", id: "p-1" },
  ]);
});

test("what is one object here is imported once, and what is off not at all", () => {
  const conversion = convert(
    readState(
      shown(
        managed("team_ai_budget", "credits", { team_id: "t-1", mode: "credits" }),
        managed("team_ai_budget", "byok", { team_id: "t-1", mode: "byok" }),
        managed("project_insights", "shop", { id: "p-1", enabled: false }),
      ),
    ),
  );

  expect(conversion).toEqual({
    file: { resources: [{ type: "gitpod:index:TeamCreditAllocation", name: "credits", id: "t-1" }] },
    left: [
      "ona_team_ai_budget.byok: here it is one TeamCreditAllocation with ona_team_ai_budget.credits, which is imported",
      "ona_project_insights.shop: it is switched off, and what is off has no resource here",
    ],
  });
});

test("the same name in several types becomes several names", () => {
  const roles = { group_id: "g-1", role: "admin", project_id: "p-1", runner_id: "e-1", automation_id: "w-1" };
  const types = ["project_role_assignment", "runner_role_assignment", "automation_role_assignment"];

  const { file } = convert(readState(shown(group, ...types.map((type) => managed(type, "team", roles)))));

  expect(file.resources.map(({ name }) => name)).toEqual([
    "team",
    "team-role-assignment",
    "team-role-assignment-2",
    "team-role-assignment-3",
  ]);
});

test("what the state does not know well enough is left, with what to do", () => {
  const unsure = [
    managed("secret", "a", { id: "s-1", scope: "user" }),
    managed("user_ai_budget", "a", { id: "b-1", mode: "credits" }),
    managed("project_role_assignment", "a", { project_id: "p-1", group_id: "g-1", role: "captain" }),
  ];

  const conversion = convert(readState(shown(...unsure, { ...group, tainted: true })));

  const why = "its id does not follow from the state: refresh the state first, or import it by hand";
  expect(conversion).toEqual({
    file: { resources: [] },
    left: [
      `ona_secret.a: ${why}`,
      `ona_user_ai_budget.a: ${why}`,
      `ona_project_role_assignment.a: ${why}`,
      "ona_group.team: Terraform has marked it as tainted and would replace it: repair it there first",
    ],
  });
});

test.each([
  ["text", "no JSON", "This is not JSON: pass the output of `terraform show -json`."],
  [
    "the file of a state",
    '{ "version": 4, "serial": 1, "resources": [] }',
    "This is not the output of `terraform show -json` for a state: it is the state file itself; run `terraform show -json` in its folder.",
  ],
  [
    "a plan",
    '{ "format_version": "1.2", "planned_values": {} }',
    "This is not the output of `terraform show -json` for a state: it is a plan; run `terraform show -json` without a file.",
  ],
])("%s is refused with what to give", (_, text, reason) => {
  expect(() => readState(text)).toThrow(reason);
});
