import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ids as seeded } from "../../emulator";
import { at, type Json, type JsonObject } from "../../provider/value/json";
import { steps } from "../../provider/value/path";
import { kinds } from "../../terraform/kind";
import { builtPlugin, yaml } from "../../tools/engine/yaml";
import { requireFresh } from "../../tools/fresh";
import { root } from "../../tools/root";
import { type Run, runScript } from "../../tools/run";
import { blocksOf } from "../docs/page";
import { callsOf, openScene, outcomeOf, stateOf } from "../engine/scene";
import { everyKind, everySubject, linksOf } from "../kinds/every";
import { markOf } from "../kinds/example";
import { inYaml, type Link } from "../kinds/program";
import { exportedStack, samples, shownState } from "./sample";

const { bin }: { bin: Record<string, string> } = require("../../package.json");
const [, program = "", command = "", file = ""] = commandOf("npx");
/** Runs the command of the page on a file in a folder. */
const convert = (cwd: string, from = file): Promise<Run> =>
  runScript(join(root, bin[program] ?? ""), [command, from], { cwd });

const proprietaryApp = { appId: "17", privateKey: "app-key", clientSecret: "app-client", webhookSecret: "app-hook" };
const byok = "ENTERPRISE_AI_USER_BUDGET_MODE_BYOK";
const credits = "ENTERPRISE_AI_USER_BUDGET_MODE_CREDITS";

const mapped = new Set(Object.values(kinds).flatMap((among = []) => among.map(({ name }) => name)));

/** One resource of each kind that a type of the vendor's stands for, and the variants that the samples have. */
const made: Link[] = [
  ...linksOf(everyKind).filter(({ kind }) => mapped.has(kind)),
  roleOf("workflowRole", "WORKFLOW", markOf("workflow"), "WORKFLOW_EXECUTOR"),
  roleOf("organizationRole", "ORGANIZATION", seeded.organization, "ORG_RUNNERS_ADMIN"),
  roleOf("organizationAdmin", "ORGANIZATION", seeded.organization, "ORG_ADMIN"),
  roleOf("projectEditor", "PROJECT", markOf("project"), "PROJECT_EDITOR"),
  roleOf("runnerRole", "RUNNER", markOf("gcpRunner"), "RUNNER_USER"),
  variantOf("disabledClass", "environmentClass", { displayName: "Old", enabled: false }),
  {
    name: "githubApp",
    kind: "Integration",
    inputs: { integrationDefinitionId: "github-app", auth: { proprietaryApp } },
  },
  {
    name: "customIntegration",
    kind: "Integration",
    inputs: { name: "Wiki", host: "wiki.example.com", auth: { requiresAuth: true, apiKey: {} } },
  },
  variantOf("accountInGroup", "groupMembership", {
    groupId: markOf("group"),
    subject: { principal: "PRINCIPAL_SERVICE_ACCOUNT", id: markOf("serviceAccount") },
  }),
  budgetOf("byokBudget", { mode: byok, noCap: true }),
  budgetOf("colleagueBudget", { mode: byok, userId: seeded.colleague, noCap: true }),
  budgetOf("ownBudget", { mode: credits, userId: seeded.owner, monthlyCreditLimit: "200" }),
  variantOf("watched", "project", { name: "Watched" }),
  { name: "watchedInsights", kind: "ProjectInsights", inputs: { projectId: markOf("watched") } },
  { name: "gcpRunner", kind: "Runner", inputs: { name: "Mumbai", provider: "RUNNER_PROVIDER_GCP" } },
  {
    name: "patIntegration",
    kind: "ScmIntegration",
    inputs: { runnerId: seeded.runner, scmId: "gitlab", host: "gitlab.com", pat: true },
  },
  variantOf("sharedSecret", "secret", { scope: { organizationId: seeded.organization } }),
  variantOf("ownSecret", "secret", { scope: { userId: seeded.owner } }),
  variantOf("robotSecret", "secret", { scope: { serviceAccountId: markOf("serviceAccount") } }),
  {
    name: "organizationWebhook",
    kind: "Webhook",
    inputs: {
      name: "All",
      type: "WEBHOOK_TYPE_SCM_ORGANIZATION",
      provider: "WEBHOOK_PROVIDER_GITHUB",
      organizationScope: { host: "github.com", name: "gitpod-io" },
    },
  },
];

test("what Terraform manages is imported as the page says, and the next preview neither changes nor asks for anything but a value that is newly stated", async () => {
  const before = await openScene({ program: inYaml(made) });
  expect(outcomeOf(await before.engine.up())).toMatchObject({ code: 0 });
  const existing = await stateOf(before);
  const shows = (name: string, output?: string): string => known[name] ?? String(shownIn(existing[name], output));
  const { engine } = await openScene({ program: yaml({}), env: { GITPOD_BASE_URL: before.host } });
  engine.write({ "state.json": JSON.stringify(shownState(shows)) });
  callsOf(before);

  const converted = await convert(engine.folder);
  engine.write({ "import.json": converted.stdout });
  const imported = await engine.run(...commandOf("pulumi import").slice(1));
  const generated = readFileSync(join(engine.folder, "imported.yaml"), "utf8");
  const plugins = JSON.stringify({ providers: [{ name: "gitpod", path: builtPlugin }] });
  const program = `name: test\nruntime: yaml\nplugins: ${plugins}\n${generated}`;
  engine.write({ "Pulumi.yaml": program.replace(/ value: ""/, ' value: { "fn::secret": first-value }') });
  const atImport = notableOf(callsOf(before));
  const preview = await engine.preview("--diff");
  const atPreview = notableOf(callsOf(before));

  const { resources }: { resources: { type: string; name: string; id: string }[] } = JSON.parse(converted.stdout);
  expect({ code: converted.code, told: converted.stderr.split("\n") }).toEqual({
    code: 0,
    told: [
      "ona_team_ai_budget.teamCosts: here it is one TeamCreditAllocation with ona_team_ai_budget.teamCreditAllocation, which is imported",
      `${resources.length} of ${resources.length + 1} can be imported.`,
      expect.stringMatching(/^No API gives these back, so the import leaves them out: .*Secret \(value\)/),
      "",
    ],
  });
  expect(new Set(resources.map(({ type }) => type.replace("gitpod:index:", "")))).toEqual(mapped);
  expect([imported.code, imported.stderr]).toEqual([0, ""]);
  expect(outcomeOf(preview)).toEqual({
    code: 0,
    complaints: [],
    operations: { ...Object.fromEntries(resources.map(({ name }) => [name, "same"])), secret: "update" },
  });
  expect(preview.differences).toEqual({ secret: { value: "add" } });
  // What belongs to a service account is read in its name.
  expect(atImport).toEqual(["ServiceAccountService/CreateServiceAccountAccessToken"]);
  expect(atPreview).toEqual([]);
});

const teamUrn = "urn:pulumi:test::test::ona:index/team:Team::team";

test("a stack that has it all through Pulumi's bridge, exported as the page says, leads to the same file", async () => {
  const { engine } = await openScene({ program: yaml({}) });
  const [, ...toExport] = commandOf("pulumi stack export").slice(0, -2);
  const text = JSON.stringify(exportedStack(String)).replaceAll("urn:pulumi:dev::", "urn:pulumi:test::");
  engine.write({ "theirs.json": text, "terraform.json": JSON.stringify(shownState(String)) });
  const stored = await engine.run("stack", "import", "--file", "theirs.json");

  const exported = await engine.run(...toExport);
  engine.write({ "state.json": exported.stdout });
  const converted = await convert(engine.folder);
  const [, ...toDelete] = commandOf("pulumi state delete").map((word) => (word.startsWith("urn:") ? teamUrn : word));
  const deleted = await engine.run(...toDelete);
  const ofTerraform = await convert(engine.folder, "terraform.json");

  expect([stored.code, stored.stderr, deleted.code]).toEqual([0, "", 0]);
  expect(converted.stdout).toBe(ofTerraform.stdout);
  expect(JSON.parse(converted.stdout).resources).toHaveLength(samples(String).length + 1);
  expect((await engine.export()).deployment.resources?.map(({ urn }) => urn)).not.toContain(teamUrn);
});

test("a state without anything of the vendor's provider is refused", async () => {
  const { engine } = await openScene({ program: yaml({}) });
  engine.write({ "state.json": '{ "format_version": "1.0", "values": { "root_module": {} } }' });

  const converted = await convert(engine.folder);

  expect(converted).toEqual({
    code: 1,
    stdout: "",
    stderr: "This state has no resources of gitpod-io/ona: no type begins with ona_ or ona:.\n",
  });
});

beforeAll(() => requireFresh());

/** The calls that change something or tell a secret. */
const notableOf = (calls: Record<string, number>): string[] =>
  Object.keys(calls).filter((method) => !/\/(Get|List)/.test(method) || /Secret(Value)?$/.test(method));

/** What objects show that no resource of the program is. */
const known: Record<string, string> = {
  organization: seeded.organization,
  owner: seeded.owner,
  colleague: seeded.colleague,
};

/** The id of a resource, or what it shows at a path. */
function shownIn(resource: Awaited<ReturnType<typeof stateOf>>[string] | undefined, output?: string): unknown {
  return output === undefined ? resource?.id : at(resource?.outputs as Json | undefined, steps(output));
}

/** A resource like another one but for some inputs. */
function variantOf(name: string, of: string, changed: JsonObject): Link {
  return { name, kind: everySubject[of]?.definition.kind ?? "", inputs: { ...everyKind[of]?.inputs, ...changed } };
}

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

function budgetOf(name: string, inputs: JsonObject): Link {
  return { name, kind: "UserBudget", inputs };
}

/** The words of the command that the page gives. */
function commandOf(start: string): string[] {
  const command = blocksOf("terraform.md", "sh").find((block) => block.startsWith(start));
  return command?.trim().split(" ") ?? [];
}
