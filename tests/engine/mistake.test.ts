import { ids, tokens } from "../../emulator";
import { adapters } from "../../tools/engine/program";
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
