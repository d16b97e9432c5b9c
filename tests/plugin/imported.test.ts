import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ids } from "../../emulator";
import { isObject, type JsonObject } from "../../provider/value/json";
import { gitpod, type YamlResource, yaml } from "../../tools/engine/yaml";
import { complaintsOf, openScene, outcomeOf, stateOf, writesOf } from "../engine/scene";

const initializer = { specs: [{ git: { remoteUri: "https://example.com/shop.git" } }] };
const organizationId = ids.organization;

/** Programs of the same objects: only what has to be stated, all that the kinds take, and zeros that nobody has set. */
const needed = {
  project: { name: "Shop", initializer },
  environment: {},
  service: { metadata: { reference: "web", name: "Web" }, spec: { commands: { start: "npm start" } } },
  task: { metadata: { reference: "seed", name: "Seed" }, spec: { command: "npm run seed" } },
  taskExecution: {},
  automationsFile: { automations: {} },
  group: { organizationId, name: "Reviewers" },
  secret: { name: "TOKEN", value: "", environmentVariable: true },
};
const made = {
  project: {
    ...needed.project,
    environmentClasses: [{ environmentClassId: ids.smallClass, order: 0 }],
    devcontainerFilePath: ".devcontainer/devcontainer.json",
    prebuildConfiguration: { enabled: true, environmentClassIds: [ids.smallClass] },
    recommendedEditors: { editors: { vscode: { versions: ["stable"] } } },
  },
  environment: {
    name: "Demo",
    annotations: { team: "shop" },
    spec: {
      machine: { class: ids.smallClass },
      ports: [{ port: 3000, name: "web", admission: "ADMISSION_LEVEL_ORGANIZATION" }],
      timeout: { disconnected: "3600s" },
      content: { initializer, gitUsername: "Dev" },
    },
  },
  service: {
    metadata: { ...needed.service.metadata, description: "The shop", role: "SERVICE_ROLE_EDITOR" },
    spec: {
      commands: { start: "npm start", ready: "true" },
      env: [{ name: "PORT", value: "3000" }],
      runsOn: { machine: {} },
    },
  },
  task: {
    metadata: { ...needed.task.metadata, description: "Fills", triggeredBy: [{ manual: true }] },
    spec: { ...needed.task.spec, env: [{ name: "PORT", value: "3000" }] },
  },
  taskExecution: { triggers: { data: "1" } },
  automationsFile: {
    automations: { tasks: { lint: { name: "Lint", command: "npm run lint" } } },
  },
  group: { ...needed.group, description: "Read" },
  secret: { ...needed.secret, value: "first-value" },
};
const zeros = merged(needed, {
  project: { automationsFilePath: "", technicalDescription: "" },
  environment: { spec: { devcontainer: { devcontainerFilePath: "" }, secrets: [], sshPublicKeys: [] } },
  service: { spec: { commands: { stop: "" } } },
  task: { spec: { prebuildRequiresSuccess: false }, dependsOn: [] },
});
const nearly = merged(zeros, { ...made, secret: { ...made.secret, value: "" } });
const everything = merged(nearly, {
  environment: { forceDelete: true, spec: { desiredPhase: "ENVIRONMENT_PHASE_RUNNING" } },
  taskExecution: { desiredPhase: "TASK_EXECUTION_PHASE_SUCCEEDED" },
  secret: { value: "first-value" },
});

interface Every {
  readonly [name: string]: JsonObject;
}
type Options = (name: string) => JsonObject | undefined;

const kinds = Object.keys(needed).map((name) => ({ name, kind: `${name[0]?.toUpperCase()}${name.slice(1)}` }));
const same = Object.fromEntries(kinds.map(({ name }) => [name, "same"]));

test("what was imported is not written, whatever a program states of it, until a value is stated that nobody can read", async () => {
  const { scene, emulatorOf, existing } = await openImported();
  const generated = readFileSync(join(scene.engine.folder, "generated.yaml"), "utf8");
  const run = async (every: Every) => {
    scene.engine.write(programOf(every, existing));
    return { ...outcomeOf(await scene.engine.up()), writes: writesOf(emulatorOf) };
  };

  const ends = [];
  for (const every of [needed, zeros, nearly]) ends.push(await run(every));
  const refreshed = outcomeOf(await scene.engine.refresh());
  const written = await run(everything);
  const repeated = await run(everything);

  expect(generated).not.toMatch(/session|created-for|__/);
  expect(ends).toEqual(Array(3).fill({ code: 0, complaints: [], operations: same, writes: [] }));
  expect(refreshed).toEqual({ code: 0, complaints: [], operations: same });
  expect(written).toEqual({
    code: 0,
    complaints: [],
    operations: { ...same, secret: "update" },
    writes: ["SecretService/UpdateSecretValue"],
  });
  expect(repeated).toEqual({ code: 0, complaints: [], operations: same, writes: [] });
});

test("what a program has stated of an imported object is cleared when it is removed, and nothing else is", async () => {
  const { scene, emulatorOf, existing } = await openImported();
  const run = async (every: Every) => {
    scene.engine.write(programOf(every, existing));
    return { ...outcomeOf(await scene.engine.up()), writes: writesOf(emulatorOf) };
  };

  await run({ ...needed, group: made.group, automationsFile: made.automationsFile });
  const removed = await run(needed);
  removed.writes.sort();
  const objects = emulatorOf.emulator.admin;

  expect(removed).toEqual({
    code: 0,
    complaints: [],
    operations: { ...same, group: "update", automationsFile: "update" },
    writes: [
      "EnvironmentAutomationService/UpsertAutomationsFile",
      "GroupService/UpdateGroup",
      "EnvironmentAutomationService/DeleteTask",
    ].sort(),
  });
  expect(objects.objects("groups")).toEqual([expect.not.objectContaining({ description: expect.anything() })]);
});

test("the option import takes over what a program states some of, and tells what becomes of what it cannot", async () => {
  const { scene, emulatorOf, existing } = await openMade();
  const options: Options = (name) => ({ import: importId(name, existing) });
  const run = async (every: Every, given: Options = () => undefined) => {
    scene.engine.write(programOf(every, existing, given));
    return { ...outcomeOf(await scene.engine.up()), writes: writesOf(emulatorOf) };
  };

  const refused = await run({ ...needed, environment: { spec: { machine: { class: ids.largeClass } } } }, options);
  const kept = Object.keys(await stateOf(scene));
  const taken = await run({ ...needed, group: { ...made.group, description: "Read all" } }, options);
  const settled = await run({ ...needed, group: made.group, task: made.task });
  const cleared = await run({ ...needed, task: made.task });

  const inPlace = { code: 0, complaints: [], operations: { ...same, group: "update" } };
  expect(refused.code).not.toBe(0);
  const told = refused.complaints.join("\n");
  expect(told).toContain(
    `environment: Environment ${existing.environment} was imported, and differs from the program in`,
  );
  expect(told).toMatch(/: spec\.machine\.class\. .* run `pulumi state delete`, or Pulumi deletes the object/);
  expect(kept).toContain("environment");
  expect(taken).toMatchObject({ code: 0, complaints: [], writes: ["GroupService/UpdateGroup"] });
  expect(settled).toEqual({ ...inPlace, writes: ["GroupService/UpdateGroup"] });
  expect(cleared).toEqual({ ...inPlace, writes: ["GroupService/UpdateGroup"] });
});

test("what an imported automations file does not state is neither changed nor deleted", async () => {
  const { scene, emulatorOf, existing } = await openMade();
  const { emulator } = emulatorOf;
  const fileOf = (command: string, options?: JsonObject) => {
    const automations = { tasks: { seed: { name: "Seed", command } } };
    const file = gitpod("AutomationsFile", { environmentId: existing.home ?? "", automations }, options);
    return yaml({ resources: { file } });
  };
  const run = async (program: Record<string, string>) => {
    scene.engine.write(program);
    return { ...outcomeOf(await scene.engine.up()), writes: writesOf(emulatorOf) };
  };

  const imported = await run(fileOf("npm run seed", { import: existing.home ?? "" }));
  const same = await run(fileOf("npm run seed"));
  const changed = await run(fileOf("npm run other"));
  const destroyed = outcomeOf(await scene.engine.destroy());

  expect(imported).toMatchObject({ code: 0, complaints: [], writes: [] });
  expect(same).toEqual({ code: 0, complaints: [], operations: { file: "same" }, writes: [] });
  expect(changed).toMatchObject({ code: 0, complaints: [], operations: { file: "update" } });
  expect(destroyed).toMatchObject({ code: 0, complaints: [] });
  emulator.settle();
  expect(emulator.admin.objects("tasks")).not.toContainEqual(expect.objectContaining({ id: existing.task }));
  expect(emulator.admin.objects("services")).toContainEqual(expect.objectContaining({ id: existing.service }));
});

test("a secret whose value nobody has stated is not replaced by one without a value", async () => {
  const { scene, emulatorOf, existing } = await openImported();

  scene.engine.write(programOf({ ...needed, secret: { ...needed.secret, name: "OTHER" } }, existing));
  const refused = outcomeOf(await scene.engine.up());

  expect(refused.code).not.toBe(0);
  expect(refused.complaints.join("\n")).toContain(
    "the API never returns value, and no program has set it since the import",
  );
  expect(writesOf(emulatorOf)).toEqual([]);
});

/** A stack with one object of each kind, and an empty one beside it. */
async function openMade() {
  const emulatorOf = await openScene({ program: programOf(made) });
  const created = await emulatorOf.engine.up();
  expect(complaintsOf(created)).toEqual([]);
  const existing: Record<string, string> = {};
  for (const [name, { id }] of Object.entries(await stateOf(emulatorOf))) existing[name] = id ?? "";
  const scene = await openScene({ program: yaml({}), env: { GITPOD_BASE_URL: emulatorOf.host } });
  writesOf(emulatorOf);
  return { scene, emulatorOf, existing };
}

/** The same, with everything imported into the empty one by a command. */
async function openImported() {
  const { scene, emulatorOf, existing } = await openMade();
  const resources = kinds.map(({ name, kind }) => ({
    type: `gitpod:index:${kind}`,
    name,
    id: importId(name, existing),
  }));
  scene.engine.write({ "import.json": JSON.stringify({ resources }) });
  const imported = await scene.engine.run(
    "import",
    ...["--file", "import.json", "--yes", "--skip-preview", "--protect=false", "--out", "generated.yaml"],
  );
  expect({ code: imported.code, told: imported.stdout + imported.stderr }).toEqual({
    code: 0,
    told: expect.not.stringMatching(/warning|bug/),
  });
  return { scene, emulatorOf, existing };
}

const importId = (name: string, existing: Record<string, string>): string =>
  name === "secret" ? `projectId/${existing.project}/${existing.secret}` : (existing[name] ?? "");

/** One object laid over another. */
function merged(below: Every, above: Every): Every {
  const over = (old: JsonObject, now: JsonObject): JsonObject => {
    const whole = { ...old, ...now };
    for (const [name, part] of Object.entries(old)) {
      const other = now[name];
      if (isObject(part) && isObject(other)) whole[name] = over(part, other);
    }
    return whole;
  };
  return over(below, above) as Every;
}

/** A program of one resource of each kind, in the environment `home`, or with the ids of those that exist. */
function programOf(every: Every, existing?: Record<string, string>, options: Options = () => undefined) {
  const home = existing?.home ?? `\${home.id}`;
  const idOf = (name: string) => existing?.[name] ?? `\${${name}.id}`;
  const all: Record<string, JsonObject> = {
    project: every.project!,
    environment: every.environment!,
    service: { environmentId: home, ...every.service },
    task: { environmentId: home, ...every.task },
    taskExecution: { taskId: idOf("task"), ...every.taskExecution },
    automationsFile: { environmentId: idOf("environment"), ...every.automationsFile },
    group: every.group!,
    secret: { scope: { projectId: idOf("project") }, ...every.secret },
  };
  const resources = Object.fromEntries(
    kinds.map(({ name, kind }): [string, YamlResource] => [name, gitpod(kind, all[name]!, options(name))]),
  );
  const own = { home: gitpod("Environment", { spec: { machine: { class: ids.smallClass } } }) };
  return yaml({ resources: existing ? resources : { ...own, ...resources } });
}
