import { ids } from "../../emulator";
import { createEngine, type EngineRun } from "../../tools/engine/engine";
import { adapters } from "../../tools/engine/program";
import { killedIn } from "../faults/killed-run";
import { complaintsOf, javascript, objectsOf, openScene, outcomeOf, type Scene, stateOf } from "./scene";

const machine = `machine: { class: "${ids.smallClass}" }`;
const environment = (name: string, options = "{}", more = "") =>
  `new gitpod.Environment("${name}", { name: "${name}", spec: { ${machine} }, ${more} }, ${options});`;
const project = (name: string, options = "{}") =>
  `new gitpod.Project("${name}", { name: "Shop", initializer: { specs: [{ git: { remoteUri: "https://example.com/shop.git" } }] } }, ${options});`;

const idsOf = async (scene: Scene): Promise<Record<string, string>> =>
  Object.fromEntries(Object.entries(await stateOf(scene)).map(([name, { id = "" }]) => [name, id]));

const informedOf = ({ diagnostics }: EngineRun): string[] =>
  diagnostics.filter(({ severity, ephemeral }) => severity === "info" && !ephemeral).map(({ message }) => message);

describe.each(adapters)("on the %s adapter", (adapter) => {
  test("two states with the same names have an object each, and neither takes or deletes the other's", async () => {
    const program = javascript(environment("dev"));
    const scene = await openScene({ adapter, program });
    const env = { ...scene.engine.env };
    const other = await createEngine({
      adapter,
      program,
      env: { GITPOD_BASE_URL: env.GITPOD_BASE_URL!, GITPOD_API_KEY: env.GITPOD_API_KEY! },
    });
    try {
      await scene.engine.up();
      const { dev: first } = await idsOf(scene);
      const second = await other.up();
      const { dev: theirs } = await idsOf({ ...scene, engine: other });
      const destruction = await other.destroy();
      const again = outcomeOf(await scene.engine.up("--refresh"));

      expect(outcomeOf(second)).toEqual({ code: 0, complaints: [], operations: { dev: "create" } });
      expect(informedOf(second).join()).toContain(first);
      expect(theirs).not.toBe(first);
      expect(destruction.code).toBe(0);
      expect(again).toEqual({ code: 0, complaints: [], operations: { dev: "same" } });
      expect(objectsOf(scene)).toEqual({ environments: 1 });
    } finally {
      await other.dispose();
    }
  });

  test("what is let go and declared again is another environment", async () => {
    const scene = await openScene({ adapter, program: javascript(environment("dev", "{ retainOnDelete: true }")) });
    await scene.engine.up();
    const { dev: first } = await idsOf(scene);
    scene.engine.write(javascript(""));
    await scene.engine.up();
    scene.engine.write(javascript(environment("dev")));

    const again = outcomeOf(await scene.engine.up());

    const { dev: second } = await idsOf(scene);
    expect(again).toEqual({ code: 0, complaints: [], operations: { dev: "create" } });
    expect(second).not.toBe(first);
    expect(objectsOf(scene)).toEqual({ environments: 2 });
  });

  const everyKind = (options: string, keyed: string) =>
    javascript(`
const home = new gitpod.Environment("home", { name: "Home", spec: { ${machine} } });
const bench = new gitpod.Task("bench", { environmentId: home.id, metadata: { reference: "bench", name: "Bench" }, spec: { command: "true" } });
${environment("environment")}
${project("project", options)}
new gitpod.Group("group", { organizationId: "${ids.organization}", name: "Readers" }, ${options});
new gitpod.TaskExecution("execution", { taskId: bench.id }, ${options});
new gitpod.Secret("secret", { name: "TOKEN", value: "canary", apiOnly: true, scope: { organizationId: "${ids.organization}" } }, ${keyed});
new gitpod.Service("service", { environmentId: home.id, metadata: { reference: "web", name: "Web" }, spec: { commands: { start: "sleep infinity" } } }, ${keyed});
new gitpod.Task("task", { environmentId: home.id, metadata: { reference: "seed", name: "Seed" }, spec: { command: "true" } }, ${keyed});
new gitpod.AutomationsFile("file", { environmentId: home.id, automations: { tasks: { lint: { name: "Lint", command: "true" } } } }, ${keyed});`);
  const byName = ["group", "project", "secret"];
  const byKey = ["service", "task", "file"];

  test("--replace makes a new environment, and a new object of every kind with deleteBeforeReplace; else it refuses and says so", async () => {
    const scene = await openScene({ adapter, program: everyKind("{}", "{ deleteBeforeReplace: false }") });
    const { engine } = scene;
    await engine.up();
    const before = await idsOf(scene);
    const file = membersOf(scene);
    const { deployment } = await engine.export();
    const replacing = (names: readonly string[]) =>
      (deployment.resources ?? [])
        .filter(({ urn }) => names.includes(urn.split("::").at(-1) ?? ""))
        .flatMap(({ urn }) => ["--replace", urn]);

    const refused = await engine.up(...replacing([...byName, "execution"]), "--continue-on-error");
    const inTheWay = await engine.up(...replacing(byKey), "--continue-on-error");
    const kept = [await idsOf(scene), membersOf(scene)];
    const settled = await engine.up();
    const same = outcomeOf(await engine.up());
    engine.write(everyKind("{ deleteBeforeReplace: true }", "{}"));
    const replaced = outcomeOf(await engine.up(...replacing(["environment", "execution", ...byName, ...byKey])));
    const after = await idsOf(scene);
    const remade = membersOf(scene);
    const destroyed = await engine.destroy();

    const adviceOn = (run: EngineRun, names: readonly string[]) =>
      names.filter((name) =>
        complaintsOf(run).some((text) => text.startsWith(`${name}: `) && text.includes("deleteBeforeReplace")),
      );
    expect(adviceOn(refused, [...byName, "execution"])).toEqual([...byName, "execution"]);
    expect(complaintsOf(refused).join()).not.toMatch(/could not create \w+: [^\n]*interrupted/);
    expect([inTheWay.code === 0, adviceOn(inTheWay, byKey)]).toEqual([false, byKey]);
    expect(kept).toEqual([before, file]);
    expect([settled.code, adviceOn(settled, byKey)]).toEqual([0, byKey]);
    expect(same).toEqual({
      code: 0,
      complaints: [],
      operations: Object.fromEntries(Object.keys(before).map((name) => [name, "same"])),
    });
    expect([replaced.code, replaced.complaints]).toEqual([0, []]);
    expect(changed(before, after)).toEqual([
      "environment",
      "execution",
      "group",
      "project",
      "secret",
      "service",
      "task",
    ]);
    expect([remade.length, remade[0] === file[0]]).toEqual([1, false]);
    expect([destroyed.code, objectsOf(scene)]).toEqual([0, {}]);
  });

  test("a run of a task that is taken out and put back is refused, and run.adopt goes on either way", async () => {
    const task = (run: string) =>
      javascript(`
const home = new gitpod.Environment("home", { name: "Home", spec: { ${machine} } });
new gitpod.Task("seed", { environmentId: home.id, metadata: { reference: "seed", name: "Seed" }, spec: { command: "true" }, ${run} });`);
    const scene = await openScene({ adapter, program: task("run: {}") });
    const { engine, emulator } = scene;
    const executions = () =>
      emulator.admin.objects("taskExecutions").map((each) => String((each as { id: string }).id));
    await engine.up();
    const [first = ""] = executions();
    engine.write(task(""));
    await engine.up();
    engine.write(task("run: {}"));
    const refused = await engine.up();
    engine.write(task(`run: { adopt: "${first}" }`));
    const adopted = await engine.up();
    const afterAdoption = executions();
    engine.write(task(""));
    await engine.up();
    engine.write(task('run: { adopt: "" }'));
    const anew = await engine.up();

    expect(
      complaintsOf(refused)
        .filter((text) => text.startsWith("seed: "))
        .join(),
    ).toMatch(
      /could not create TaskExecution: one has succeeded within the last hour: .+\n(.*\n)*.*run: \{ adopt: … \}/,
    );
    expect([adopted.code, afterAdoption]).toEqual([0, [first]]);
    expect([anew.code, executions().length]).toEqual([0, 2]);
  });

  test("a resource that is renamed without an alias is refused, and an interrupted run is not the first guess", async () => {
    const scene = await openScene({ adapter, program: javascript(project("one")) });
    await scene.engine.up();
    scene.engine.write(javascript(project("two")));

    const refused = complaintsOf(await scene.engine.up());

    expect(refused.filter((text) => text.startsWith("two: ")).join()).toMatch(
      /could not create Project: the same user has already created a Project named "Shop"[^\n]*\n {2}If it belongs to another resource or stack[^\n]*\n {2}If this resource had another name[^\n]*alias/,
    );
    expect(objectsOf(scene)).toEqual({ projects: 1 });
  });

  test.each([0, 1, 2])(
    "after a kill and with reads that lag by %i there is one environment, and none after destroy",
    async (lag) => {
      const scene = await openScene({ adapter, program: javascript(environment("dev")) });
      scene.emulator.admin.lag(lag);
      const { hasFallen } = await killedIn(scene, "EnvironmentService/CreateEnvironment", "after");

      const next = outcomeOf(await scene.engine.up());
      const left = objectsOf(scene);
      const destroyed = await scene.engine.destroy();

      expect(hasFallen).toBe(true);
      expect(next).toEqual({ code: 0, complaints: [], operations: { dev: "create" } });
      expect(left).toEqual({ environments: 1 });
      expect([destroyed.code, objectsOf(scene)]).toEqual([0, {}]);
    },
  );

  test("a kill between an adoption under a new name and the delete of the old entry leaves what the new one holds", async () => {
    const scene = await openScene({ adapter, program: javascript(environment("one")) });
    await scene.engine.up();
    const { one = "" } = await idsOf(scene);
    const renamed = `${environment("two", "{}", `adopt: "${one}"`)}\nnew gitpod.Environment("last", { name: "last", spec: { ${machine} } }, { dependsOn: two });`;
    scene.engine.write(javascript(renamed.replace("new", "const two = new")));
    const { hasFallen } = await killedIn(scene, "EnvironmentService/CreateEnvironment", "before");

    const next = outcomeOf(await scene.engine.up());

    const { two } = await idsOf(scene);
    expect(hasFallen).toBe(true);
    expect(next).toEqual({ code: 0, complaints: [], operations: { one: "delete", two: "same", last: "create" } });
    expect(two).toBe(one);
    expect(objectsOf(scene)).toEqual({ environments: 2 });
  });
});

/** The names of the resources that have another id. */
const changed = (before: Record<string, string>, after: Record<string, string>): string[] =>
  Object.keys(before)
    .filter((name) => before[name] !== after[name])
    .sort();

/** What an automations file has made. */
const membersOf = ({ emulator }: Scene): string[] =>
  (emulator.admin.objects("tasks") as unknown as { id: string; metadata: { reference: string } }[])
    .filter(({ metadata }) => metadata.reference === "lint")
    .map(({ id }) => id);
