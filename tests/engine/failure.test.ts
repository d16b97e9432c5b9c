import { ids } from "../../emulator";
import type { StartedCommand } from "../../tools/engine/engine";
import { adapters } from "../../tools/engine/program";
import { complaintsOf, javascript, openScene, outcomeOf, type Scene, stateOf } from "./scene";

const machine = `machine: { class: "${ids.smallClass}" }`;

const unlucky = (start: string, command: string, name: string) =>
  javascript(`
const environment = new gitpod.Environment("environment", { name: "fail-start-once", spec: { ${machine} } });
new gitpod.Task("dependent", {
  environmentId: environment.id,
  metadata: { reference: "dependent", name: "Dependent" },
  spec: { command: "true" },
});
const home = new gitpod.Environment("home", { spec: { ${machine} } });
new gitpod.Service("service", {
  environmentId: home.id,
  metadata: { reference: "web", name: "Web" },
  spec: { commands: { start: "${start}" } },
});
new gitpod.Task("task", {
  environmentId: home.id,
  metadata: { reference: "check", name: "Check" },
  spec: { command: "${command}" },
  run: {},
});
const environmentClassId = "${ids.smallClass}";
const project = new gitpod.Project("project", {
  name: "${name}",
  initializer: { specs: [{ git: { remoteUri: "https://example.com/website.git" } }] },
  environmentClasses: [{ environmentClassId, order: 0 }],
  prebuildConfiguration: { enabled: true, environmentClassIds: [environmentClassId] },
});
new gitpod.Prebuild("prebuild", { projectId: project.id, environmentClassId, spec: {} });`);

test.each(adapters)(
  "on the %s adapter what fails to come up keeps its id in state, and the next up goes on with it",
  async (adapter) => {
    const scene = await openScene({
      adapter,
      program: unlucky("echo listening; exit 3", "echo testing; exit 4", "fail"),
    });
    const { engine } = scene;

    const first = outcomeOf(await engine.up("--continue-on-error"));
    const failed = await stateOf(scene);
    const again = outcomeOf(await engine.up("--continue-on-error"));
    engine.write(unlucky("npm start", "npm test", "Website"));
    const second = outcomeOf(await engine.up());
    const recovered = await stateOf(scene);
    const last = outcomeOf(await engine.up());

    expect(first).toEqual({
      code: 1,
      operations: {
        environment: "create",
        home: "create",
        service: "create",
        task: "create",
        project: "create",
        prebuild: "create",
      },
      complaints: expect.any(Array),
    });
    expect(
      first.complaints.filter((complaint) => /^(environment|prebuild|service|task): /.test(complaint)).sort(),
    ).toEqual([
      expect.stringMatching(
        /^environment: 1 error occurred:\n\t\* Environment \S+ did not reach RUNNING, it is STOPPED: cannot initialize the content: .+\n {2}content FAILED: .+\n {2}phases: .+\n {2}It is kept; correct the cause and run pulumi up again, which goes on from here\.$/,
      ),
      expect.stringMatching(
        /^prebuild: 1 error occurred:\n\t\* Prebuild \S+ did not reach COMPLETED, it is FAILED: .+\n {2}phases: .+\n {2}the end of its log:\n(.*\n)+ {2}Correct the cause and run pulumi up again, which replaces it\.$/,
      ),
      expect.stringMatching(
        /^service: 1 error occurred:\n\t\* Service \S+ did not reach RUNNING, it is FAILED: .+\n {2}phases: .+\n {2}the end of its log:\n(.*\n)+ {2}It is kept; correct the cause and run pulumi up again, which goes on from here\.$/,
      ),
      expect.stringMatching(
        /^task: 1 error occurred:\n\t\* TaskExecution \S+ did not reach SUCCEEDED, it is FAILED: (.*\n)+ {2}Correct the cause and run pulumi up again, which replaces it\.$/,
      ),
    ]);
    expect(Object.keys(failed)).toEqual(expect.arrayContaining(["environment", "service", "task"]));
    expect(again.operations).toEqual({
      environment: "update",
      home: "same",
      service: "update",
      task: "replace",
      dependent: "create",
      project: "same",
      prebuild: "replace",
    });
    expect(second).toEqual({
      code: 0,
      complaints: [],
      operations: {
        environment: "same",
        home: "same",
        service: "update",
        task: "replace",
        dependent: "same",
        project: "update",
        prebuild: "replace",
      },
    });
    expect([recovered.environment?.id, recovered.service?.id]).toEqual([failed.environment?.id, failed.service?.id]);
    expect(last.operations).toEqual({
      environment: "same",
      home: "same",
      service: "same",
      task: "same",
      dependent: "same",
      project: "same",
      prebuild: "same",
    });
  },
);

test.each(adapters)(
  "on the %s adapter an environment that is stuck fails when customTimeouts say so, with the phases so far, and keeps its id",
  async (adapter) => {
    const stuck = (opts: string) =>
      javascript(`new gitpod.Environment("stuck", { name: "stuck-starting", spec: { ${machine} } }, ${opts});`);
    const scene = await openScene({ adapter, program: stuck('{ customTimeouts: { create: "2s", update: "1s" } }') });
    const { engine } = scene;

    const first = await engine.up();
    const { stuck: kept } = await stateOf(scene);
    const second = await engine.up();
    const { stuck: keptAgain } = await stateOf(scene);

    expect(complaintsOf(first)).toEqual([
      expect.stringMatching(
        /^stuck: 1 error occurred:\n\t\* Environment \S+ did not reach RUNNING within [12] s, it is STARTING\n {2}phases: (CREATING after \d s, )?STARTING after \d s\n {2}It is kept; the next pulumi up goes on waiting\. The resource option customTimeouts gives it more time/,
      ),
      "update failed",
    ]);
    expect(complaintsOf(second)).toEqual([
      expect.stringMatching(/did not reach RUNNING within [01] s/),
      "update failed",
    ]);
    expect(keptAgain?.id).toBe(kept?.id);
    expect(scene.emulator.admin.objects("environments")).toHaveLength(1);
  },
);

const interruptible = javascript(`
const environment = new gitpod.Environment("environment", { spec: { ${machine} } });
new gitpod.Task("task", {
  environmentId: environment.id,
  metadata: { reference: "seed", name: "Seed" },
  spec: { command: "true" },
});`);

/** Starts an up that has made its environment and waits for it. */
async function startWaiting({ engine, emulator }: Scene): Promise<StartedCommand> {
  const up = engine.start("up", "--yes", "--skip-preview");
  await new Promise<void>((resolve) => {
    emulator.admin.onCall((method) => {
      if (method === "EnvironmentService/GetEnvironment") resolve();
    });
  });
  return up;
}

test("an interrupted create is finished and kept, and the next up goes on with the rest", async () => {
  const scene = await openScene({ program: interruptible, pace: "manual" });
  const { engine, emulator } = scene;

  const up = await startWaiting(scene);
  const said = new Promise<void>((resolve) => {
    const listen = (text: string) => {
      if (/cancel|interrupt/i.test(text)) resolve();
    };
    up.child.stdout?.on("data", listen);
    up.child.stderr?.on("data", listen);
  });
  up.child.kill("SIGINT");
  await said;
  emulator.settle();
  const interrupted = await up.ended;
  const kept = await stateOf(scene);
  const next = await engine.up();
  const after = await stateOf(scene);

  expect(interrupted.code).not.toBe(0);
  expect(kept).toEqual({ environment: expect.objectContaining({ id: expect.stringMatching(/^[0-9a-f-]{36}$/) }) });
  expect(outcomeOf(next)).toEqual({ code: 0, operations: { environment: "same", task: "create" }, complaints: [] });
  expect(after.environment?.id).toBe(kept.environment?.id);
  expect(emulator.admin.objects("environments")).toHaveLength(1);
});

test("on the plugin an interrupted create ends although nothing has come up, and the next up goes on with it", async () => {
  const scene = await openScene({ adapter: "plugin", program: interruptible, pace: "manual" });
  const { engine, emulator } = scene;

  const up = await startWaiting(scene);
  up.child.kill("SIGINT");
  const interrupted = await up.ended;
  const kept = await stateOf(scene);
  emulator.settle();
  const next = await engine.up();
  const after = await stateOf(scene);

  expect(interrupted.code).not.toBe(0);
  expect(kept).toMatchObject({
    environment: {
      initErrors: [expect.stringMatching(/the run was cancelled; the next pulumi up continues from here/)],
    },
  });
  expect(outcomeOf(next)).toMatchObject({ code: 0, operations: { task: "create" }, complaints: [] });
  expect(after.environment).toMatchObject({ id: kept.environment?.id, initErrors: [] });
  expect(emulator.admin.objects("environments")).toHaveLength(1);
});
