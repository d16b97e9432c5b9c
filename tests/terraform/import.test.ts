import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ids as seeded } from "../../emulator";
import { kinds } from "../../terraform/kind";
import { builtPlugin, yaml } from "../../tools/engine/yaml";
import { requireFresh } from "../../tools/fresh";
import { root } from "../../tools/root";
import { runScript } from "../../tools/run";
import { blocksOf } from "../docs/page";
import { openScene, outcomeOf, stateOf, writesOf } from "../engine/scene";
import { everyKind, linksOf } from "../kinds/every";
import { markOf } from "../kinds/example";
import { inYaml, type Link } from "../kinds/program";
import { resource, shownState } from "./sample";

const { bin }: { bin: Record<string, string> } = require("../../package.json");
const [, converter = "", ...given] = commandOf("npx");
const command = join(root, bin[converter] ?? "");

const mapped = new Set(Object.values(kinds).flatMap((among = []) => among.map(({ name }) => name)));

/** One resource of each kind that a type of the vendor's stands for, and more where several types are one kind. */
const made: Link[] = [
  ...linksOf(everyKind).filter(({ kind }) => mapped.has(kind)),
  roleOf("organizationRole", "ORGANIZATION", seeded.organization, "ORG_RUNNERS_ADMIN"),
  roleOf("runnerRole", "RUNNER", seeded.runner, "RUNNER_USER"),
  roleOf("workflowRole", "WORKFLOW", markOf("workflow"), "WORKFLOW_EXECUTOR"),
  {
    name: "accountInGroup",
    kind: "GroupMembership",
    inputs: {
      groupId: markOf("group"),
      subject: { principal: "PRINCIPAL_SERVICE_ACCOUNT", id: markOf("serviceAccount") },
    },
  },
  {
    name: "colleagueBudget",
    kind: "UserBudget",
    inputs: { mode: "ENTERPRISE_AI_USER_BUDGET_MODE_BYOK", userId: seeded.colleague, noCap: true },
  },
];

/** What the vendor's state has of these objects, under the same names. */
function shownStateOf(state: Awaited<ReturnType<typeof stateOf>>): object {
  const idOf = (name: string): string => state[name]?.id ?? "";
  const of = (name: string, output: string): unknown => state[name]?.outputs?.[output];
  const managed = (type: string, name: string, values: object = { id: idOf(name) }) =>
    resource(`ona_${type}`, name, values);
  const group = { id: "01900000-0000-7000-8000-0000000000f2", group_id: idOf("group") };
  return shownState({ project: idOf("project"), group: idOf("group"), secret: idOf("secret") }, [
    managed("automation", "workflow"),
    managed("automation_role_assignment", "workflowRole", {
      ...group,
      automation_id: idOf("workflow"),
      role: "executor",
    }),
    managed("custom_domain", "customDomain", { id: "01900000-0000-7000-8000-0000000000f3" }),
    managed("environment_class", "environmentClass"),
    managed("group_membership", "accountInGroup", { ...group, service_account_id: idOf("serviceAccount") }),
    managed("group_membership", "groupMembership", {
      group_id: of("groupMembership", "groupId"),
      user_id: seeded.owner,
    }),
    managed("integration", "integration"),
    managed("organization_ai_budget", "userBudget", { mode: "credits" }),
    managed("organization_role_assignment", "organizationRole", { ...group, role: "runners_admin" }),
    managed("project_insights", "projectInsights"),
    managed("project_role_assignment", "roleAssignment", {
      group_id: of("roleAssignment", "groupId"),
      project_id: of("roleAssignment", "resourceId"),
      role: "admin",
    }),
    managed("runner_llm_integration", "llmIntegration"),
    managed("runner_role_assignment", "runnerRole", { ...group, runner_id: seeded.runner, role: "user" }),
    managed("scm_integration", "scmIntegration"),
    managed("security_policy", "securityPolicy"),
    managed("service_account", "serviceAccount"),
    managed("skill", "prompt"),
    managed("sso_configuration", "ssoConfiguration"),
    managed("team", "team"),
    managed("team_ai_budget", "teamCreditAllocation", { team_id: idOf("teamCreditAllocation"), mode: "credits" }),
    managed("team_membership", "teamMember", { team_id: of("teamMember", "teamId"), user_id: seeded.owner }),
    managed("user_ai_budget", "colleagueBudget", { user_id: seeded.colleague, mode: "byok" }),
    managed("warm_pool", "warmPool"),
  ]);
}

test("what Terraform manages is imported as the page says, and only the value of a secret is then missing", async () => {
  const before = await openScene({ program: inYaml(made) });
  expect(outcomeOf(await before.engine.up())).toMatchObject({ code: 0 });
  const existing = await stateOf(before);
  const { engine } = await openScene({ program: yaml({}), env: { GITPOD_BASE_URL: before.host } });
  engine.write({ "state.json": JSON.stringify(shownStateOf(existing)) });
  writesOf(before);

  const converted = await runScript(command, given.slice(0, 1), { cwd: engine.folder });
  engine.write({ "import.json": converted.stdout });
  const imported = await engine.run(...commandOf("pulumi import").slice(1));
  const generated = readFileSync(join(engine.folder, "imported.yaml"), "utf8");
  const plugins = JSON.stringify({ providers: [{ name: "gitpod", path: builtPlugin }] });
  const program = `name: test\nruntime: yaml\nplugins: ${plugins}\n${generated}`;
  engine.write({ "Pulumi.yaml": program.replace(/ value: ""/, ' value: { "fn::secret": first-value }') });
  const preview = await engine.preview("--diff");
  const writes = writesOf(before);

  const { resources }: { resources: { type: string; name: string; id: string }[] } = JSON.parse(converted.stdout);
  expect({ code: converted.code, told: converted.stderr }).toEqual({
    code: 0,
    told: "ona_runner.eu: there is no kind for ona_runner, so it stays with Terraform\n26 of 27 can be imported.\n",
  });
  expect(new Set(resources.map(({ type }) => type.replace("gitpod:index:", "")))).toEqual(mapped);
  expect([imported.code, imported.stderr]).toEqual([0, ""]);
  expect(outcomeOf(preview)).toEqual({
    code: 0,
    complaints: [],
    operations: { ...Object.fromEntries(resources.map(({ name }) => [name, "same"])), token: "update" },
  });
  expect(preview.differences).toEqual({ token: { value: "add" } });
  expect(writes).toEqual([]);
});

test("a state without anything of the vendor's provider is refused", async () => {
  const { engine } = await openScene({ program: yaml({}) });
  engine.write({ "state.json": '{ "format_version": "1.0", "values": { "root_module": {} } }' });

  const converted = await runScript(command, ["state.json"], { cwd: engine.folder });

  expect(converted).toEqual({
    code: 1,
    stdout: "",
    stderr: "This state has no resources of gitpod-io/ona: no type begins with ona_.\n",
  });
});

beforeAll(() => requireFresh());

/** The role of the group on a resource. */
function roleOf(name: string, type: string, resourceId: string, role: string): Link {
  const inputs = {
    groupId: markOf("group"),
    resourceType: `RESOURCE_TYPE_${type}`,
    resourceId,
    resourceRole: `RESOURCE_ROLE_${role}`,
  };
  return { name, kind: "RoleAssignment", inputs };
}

/** The words of the command that the page gives. */
function commandOf(start: string): string[] {
  const command = blocksOf("terraform.md", "sh").find((block) => block.startsWith(start));
  return command?.trim().split(" ") ?? [];
}
