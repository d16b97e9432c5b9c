import { ids, tokens } from "../../emulator";
import { check } from "../../provider/check/check";
import type { Definition } from "../../provider/model/definition";
import { kindName } from "../../provider/model/module";
import * as resources from "../../provider/resources";
import type { JsonObject } from "../../provider/value/json";
import { show } from "../../provider/value/path";
import { adapters } from "../../tools/engine/program";
import { inJavaScript } from "../kinds/program";
import { complaintsOf, javascript, objectsOf, openScene, outcomeOf, writesOf } from "./scene";

const home = `
const environment = new gitpod.Environment("environment", { spec: { machine: { class: "${ids.smallClass}" } } });`;
const seed = (run: string) => `${home}
new gitpod.Task("seed", {
  environmentId: environment.id,
  metadata: { reference: "seed", name: "Seed" },
  spec: { command: "true" },
  run: ${run},
});`;

const reasonsIn = (complaints: readonly string[]): string[] =>
  complaints.map((line) => line.replace(/^\S+: \S+ resource '\S+' has a problem: /, ""));

/** What is told of each resource. */
function reasonsByName(complaints: readonly string[]): Record<string, string[]> {
  const told: Record<string, string[]> = {};
  for (const line of complaints) {
    const name = line.split(":")[0] ?? "";
    told[name] = [...(told[name] ?? []), ...reasonsIn([line])];
  }
  return told;
}

test.each(adapters)(
  "on the %s adapter a preview tells what a file declares wrongly, and writes nothing",
  async (adapter) => {
    const program = (text: string) => ({
      ...javascript(`${home}\nnew gitpod.AutomationsFile("file", { environmentId: environment.id, path: "a.yaml" });`),
      "a.yaml": text,
    });
    const tasks = [
      "seed:",
      "a: { name: A, command: a, dependsOn: [b] }",
      "b: { name: B, command: b, dependsOn: [a, c] }",
    ];
    const scene = await openScene({
      adapter,
      program: program(`tasks:\n${tasks.map((task) => `  ${task}\n`).join("")}`),
    });
    const { engine } = scene;

    const wrong = await engine.preview();
    const up = await engine.up();
    const written = writesOf(scene);
    engine.write(program("tasks:\n  a: { name: 1.10, command: true }\n"));
    const right = await engine.up();

    const expected = [
      "a.yaml, line 2, column 3: tasks.seed: must have a value, or be left out",
      'a.yaml, line 4, column 44: tasks.b.dependsOn[1]: "c" names none of the stated services and tasks; known are seed, a, b',
      "a.yaml, line 4, column 41: tasks.b.dependsOn[0]: depends on itself: a → b → a",
    ];
    expect(reasonsIn(complaintsOf(wrong))).toEqual(expected);
    expect(reasonsIn(complaintsOf(up))).toEqual(expected);
    expect(written).not.toContain("EnvironmentAutomationService/UpsertAutomationsFile");
    expect(right.code).toBe(0);
    expect(scene.emulator.admin.objects("tasks")).toMatchObject([
      { metadata: { name: "1.10" }, spec: { command: "true" } },
    ]);
  },
);

test.each(adapters)(
  "on the %s adapter keys of `run` are checked like every other input, at preview, and those that are right count",
  async (adapter) => {
    const scene = await openScene({
      adapter,
      program: javascript(seed('{ triggres: { data: "1" }, triggers: { rows: 10 }, taskId: "x" }')),
    });
    const { engine } = scene;

    const preview = await engine.preview();
    engine.write(javascript(seed('{ triggers: { rows: "10" }, adopt: "", desiredPhase: "RUNNING" }')));
    const right = outcomeOf(await engine.up());

    expect(reasonsIn(complaintsOf(preview)).sort()).toEqual([
      '["run.taskId"]: no such property; known are taskId, adopt, desiredPhase, triggers',
      'triggers.rows: must be a string: "10"',
      "triggres: no such property; did you mean triggers?",
    ]);
    expect(right).toMatchObject({ code: 0, complaints: [] });
  },
);

test.each(adapters)(
  "on the %s adapter a number for a text is refused at preview, and a value that the API gives up is a warning on its row",
  async (adapter) => {
    const program = (name: string) =>
      javascript(`new gitpod.Environment("environment", {
        name: ${name},
        spec: { machine: { class: "${ids.smallClass}" }, admission: "OWNER_ONLY" },
      });`);
    const scene = await openScene({ adapter, program: program("17") });
    const { engine } = scene;
    const warning =
      "environment: spec.admission: the API has deprecated this value; the others are ADMISSION_LEVEL_EVERYONE, ADMISSION_LEVEL_ORGANIZATION, ADMISSION_LEVEL_CREATOR_ONLY";

    const refused = reasonsIn(complaintsOf(await engine.preview()));
    engine.write(program('"17"'));
    const preview = complaintsOf(await engine.preview());
    const up = outcomeOf(await engine.up());
    const unchanged = outcomeOf(await engine.up());

    expect(refused).toEqual([warning, 'name: must be a string: "17"']);
    expect(preview).toEqual([warning]);
    expect(up).toEqual({ code: 0, operations: { environment: "create" }, complaints: [warning] });
    expect(unchanged).toEqual({ code: 0, operations: { environment: "same" }, complaints: [warning] });
  },
);

const id = ids.runner;

/** Mistakes in what a program says of the organization, and what it is told of each. */
const wrong: Readonly<Record<string, { kind: string; inputs: JsonObject; told: readonly string[] }>> = {
  team: { kind: "Team", inputs: { name: "IT" }, told: ["name: must be at least 3 characters"] },
  member: {
    kind: "TeamMember",
    inputs: { teamId: "IT" },
    told: ["userId: is required", "teamId: must be a valid UUID"],
  },
  membership: {
    kind: "GroupMembership",
    inputs: { groupId: id, subject: { principal: "USR", id } },
    told: [
      "subject.principal: must be one of PRINCIPAL_ACCOUNT, PRINCIPAL_USER, PRINCIPAL_RUNNER, PRINCIPAL_ENVIRONMENT, PRINCIPAL_SERVICE_ACCOUNT, PRINCIPAL_RUNNER_MANAGER; did you mean USER?",
    ],
  },
  role: {
    kind: "RoleAssignment",
    inputs: { groupId: id, resourceType: "PROJECT", resourceId: id },
    told: ["resourceRole: is required"],
  },
  account: {
    kind: "ServiceAccount",
    inputs: { name: "Pipeline", validUntil: "soon" },
    told: ['validUntil: must be a time such as "2026-01-31T12:00:00Z"'],
  },
  budget: {
    kind: "UserBudget",
    inputs: { mode: "CREDITS", monthlyCreditLimit: "many" },
    told: ["monthlyCreditLimit: must be a whole number from -9223372036854775808 to 9223372036854775807"],
  },
  credits: {
    kind: "TeamCreditAllocation",
    inputs: { teamId: id, creditBudgets: "5000" },
    told: ["creditBudgets: no such property; did you mean creditBudget?"],
  },
  domain: {
    kind: "DomainVerification",
    inputs: { domian: "example.com" },
    told: ["domian: no such property; did you mean domain?", "domain: is required"],
  },
  sso: {
    kind: "SsoConfiguration",
    inputs: { clientId: "", clientSecret: "s", issuerUrl: "https://login.example.com", emailDomains: [] },
    told: [
      "emailDomains: cannot be empty, since the API does not empty it and a replacement would do harm: state a value, or leave it out and replace the resource with --replace",
      "clientId: value is required",
    ],
  },
  pool: {
    kind: "WarmPool",
    inputs: { projectId: id, environmentClassId: id, minSize: 21 },
    told: ["minSize: must be greater than or equal to 0 and less than or equal to 20"],
  },
  workflow: {
    kind: "Workflow",
    inputs: {
      name: "Upkeep",
      triggers: [{ manual: {}, time: { cronExpression: "0 6 * * 1" } }],
      action: { limits: { maxParallel: 1, maxTotal: 9, perExecution: { maxTime: "soon" } } },
    },
    told: [
      "triggers[0]: only one of manual, time can be set",
      'action.limits.perExecution.maxTime: must be a duration such as "90s", "30m" or "1h30m"',
      "triggers[0].context: value is required",
      "action.steps: Automation must have between 1 and 50 steps",
    ],
  },
  prompt: {
    kind: "Prompt",
    inputs: { name: "Review", prompt: 17 },
    told: ['prompt: must be a string: "17"', "description: is required"],
  },
  large: {
    kind: "EnvironmentClass",
    inputs: { runnerId: id, displayName: "Large", description: "8 cores" },
    told: ["configuration: is required"],
  },
  scm: {
    kind: "ScmIntegration",
    inputs: { runnerId: id, scmId: "github", host: "github.com", pat: "perhaps" },
    told: ["pat: must be true or false"],
  },
  llm: {
    kind: "LlmIntegration",
    inputs: { runnerId: id, models: [], endpoint: "https://api.example.com", apiKey: "k", phase: "UNAVAILABLE" },
    told: [
      "phase: must be one of LLM_INTEGRATION_PHASE_AVAILABLE, LLM_INTEGRATION_PHASE_DISABLED; did you mean AVAILABLE?",
      "models: must contain at least 1 item(s)",
    ],
  },
  integration: {
    kind: "Integration",
    inputs: { name: "Issues", auth: { oauth: { clientIdd: "shop" } } },
    told: ["auth.oauth.clientIdd: no such property; did you mean clientId?"],
  },
};

test.each(Object.entries(wrong))("what is wrong with the %s is told all at once", (_, { kind, inputs, told }) => {
  const definition = Object.values<Definition>(resources).find((each) => kindName(each) === kind);

  const { failures } = check(definition!, inputs);

  expect(failures.map(({ path, reason }) => `${show(path)}: ${reason}`)).toEqual(told);
});

test.each(adapters)(
  "on the %s adapter a preview ends with what is wrong with the first resources that it comes to, and nothing is written",
  async (adapter) => {
    const scene = await openScene({
      adapter,
      program: inJavaScript(Object.entries(wrong).map(([name, { kind, inputs }]) => ({ name, kind, inputs }))),
    });

    const preview = await scene.engine.preview();

    const told = reasonsByName(complaintsOf(preview));
    expect(Object.keys(told)).not.toEqual([]);
    // Properties may come in another order than the program has them.
    const sorted = (name: string, lines: readonly string[] = []) => [name, [...lines].sort()] as const;
    const names = Object.keys(told);
    expect(names.map((name) => sorted(name, told[name]))).toEqual(names.map((name) => sorted(name, wrong[name]?.told)));
    expect(writesOf(scene)).toEqual([]);
  },
);

test.each(adapters)(
  "on the %s adapter what cannot be taken away is refused at preview, with the ways out, and what only the server knows by the up",
  async (adapter) => {
    const sso = (more: string) =>
      javascript(`
new gitpod.SsoConfiguration("sso", { clientId: "shop", clientSecret: "s", issuerUrl: "https://a.example", ${more} });
new gitpod.UserBudget("budget", { mode: "CREDITS" });`);
    const scene = await openScene({ adapter, program: sso('claims: { mail: "email" }') });
    const { engine } = scene;

    const up = complaintsOf(await engine.up());
    writesOf(scene);
    engine.write(sso(""));
    const removed = complaintsOf(await engine.preview());

    expect(reasonsByName(up).budget).toEqual([
      "budget: could not create UserBudget: one of a limit and no_cap is required. Correct the input that the server names.",
    ]);
    expect(reasonsByName(removed).sso).toEqual([
      "sso: SsoConfiguration: claims cannot be removed, since the API does not empty it and a replacement would do harm: state a value, or replace the resource with --replace",
    ]);
    expect(writesOf(scene)).toEqual([]);
  },
);

test.each(adapters)("on the %s adapter adopt is removed without an update once it has served", async (adapter) => {
  const group = (adopt: string) =>
    javascript(`new gitpod.Group("group", { organizationId: "${ids.organization}", name: "Readers", ${adopt} });`);
  const scene = await openScene({ adapter, program: group('adopt: ""') });
  const { engine } = scene;
  await engine.up();
  const [made] = scene.emulator.admin.objects("groups") as { id: string }[];
  const urn = (await engine.export()).deployment.resources?.find(({ id }) => id === made?.id)?.urn ?? "";
  await engine.run("state", "delete", urn, "--yes");

  engine.write(group(`adopt: "${made?.id}"`));
  const taken = outcomeOf(await engine.up());
  engine.write(group(""));
  const removed = await engine.up("--expect-no-changes");
  const again = await engine.up("--expect-no-changes");

  expect(taken).toEqual({ code: 0, operations: { group: "create" }, complaints: [] });
  expect(outcomeOf(removed)).toEqual({ code: 0, operations: { group: "same" }, complaints: [] });
  expect(outcomeOf(again)).toEqual({ code: 0, operations: { group: "same" }, complaints: [] });
  expect(objectsOf(scene)).toEqual({ groups: 1 });
});

test.each(adapters)(
  "on the %s adapter a component hands its provider to what is inside it, and to functions, by the name of the package",
  async (adapter) => {
    const scene = await openScene({
      adapter,
      program: javascript(""),
      env: { GITPOD_API_KEY: "", GITPOD_BASE_URL: "" },
    });
    const { engine, host, emulator } = scene;
    const component = (name: string, providers: string) => `
const ${name} = new pulumi.ComponentResource("test:index:Team", "${name}", {}, { providers: ${providers} });
new gitpod.Group("${name}-group", { organizationId: "${ids.organization}", name: "${name}" }, { parent: ${name} });
exports.${name} = gitpod.getAuthenticatedIdentityOutput({ parent: ${name} }).subject.id;`;
    engine.write(
      javascript(`const gitpodProvider = new gitpod.Provider("ours", { token: "${tokens.owner}", host: "${host}" });
${component("map", "{ gitpod: gitpodProvider }")}
${component("list", "[gitpodProvider]")}`),
    );

    const up = outcomeOf(await engine.up());
    const outputs = await engine.outputs();

    expect(up).toMatchObject({ code: 0, complaints: [] });
    expect(outputs).toEqual({ map: ids.owner, list: ids.owner });
    expect(emulator.admin.objects("groups")).toHaveLength(2);
  },
);
