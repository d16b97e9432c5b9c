import { EnvironmentAutomationService, ServicePhase } from "../../proto/gen/gitpod/v1/environment_automation_pb";
import type { EnvironmentPhase } from "../../proto/gen/gitpod/v1/environment_pb";
import { check } from "../../provider/check/check";
import { create } from "../../provider/lifecycle/create";
import { remove } from "../../provider/lifecycle/remove";
import { update } from "../../provider/lifecycle/update";
import type { NotReady } from "../../provider/model/not-ready";
import { environment, service, taskExecution } from "../../provider/resources";
import {
  addTask,
  createScene,
  creating,
  dev,
  type Ending,
  firstId,
  follow,
  leftovers,
  move,
  moveUntil,
  nothing,
  phasesOf,
  readAgain,
  reads,
  runningEnvironment,
  type Scene,
  watches,
  web,
} from "./scene";

const message = ({ outcome }: Ending): string => (outcome instanceof Error ? outcome.message : String(outcome));

/** Lets the next call of a method hang forever. */
function holdNext({ emulator }: Scene, call: string): void {
  const release = emulator.admin.onCall((method) => {
    if (method !== call) return;
    release();
    return new Promise(() => undefined);
  });
}

/** Lets the world settle between a call and the first read after it. */
function settleAfter({ emulator }: Scene, call: string): void {
  emulator.admin.onCall((method, moment) => {
    if (method === call && moment === "after") emulator.settle();
  });
}

test("an environment that runs and fails within the same second is a failure, not a success", async () => {
  const scene = createScene();
  const ending = creating(scene, environment, { ...dev, name: "fail-after-running" });
  await move(scene, 1);

  scene.emulator.settle();
  await scene.time.pass(1000);

  expect(message(ending)).toMatch(/did not reach RUNNING, it is STOPPED: the machine was lost\n/);
  expect(phasesOf(scene, "environments")).toEqual(["STOPPED"]);
  expect(await leftovers(scene)).toEqual(nothing);
});

test("a service that runs and fails within the same second is a failure", async () => {
  const scene = createScene();
  const ending = creating(scene, service, web(await runningEnvironment(scene), "sleep 2; exit 3", { ready: "true" }));
  await scene.time.pass(500);

  scene.emulator.settle();
  await scene.time.pass(1000);

  expect(message(ending)).toMatch(/did not reach RUNNING, it is FAILED: the start command exited with code 3/);
  expect(await leftovers(scene)).toEqual(nothing);
});

test.each([
  ["environment", environment, "EnvironmentService/CreateEnvironment", { ...dev, name: "fail-create" }],
  ["environment", environment, "EnvironmentService/CreateEnvironment", { ...dev, name: "rejected" }],
])("a failure of an %s before the first read is a failure", async (_name, definition, call, inputs) => {
  const scene = createScene();
  settleAfter(scene, call);

  const ending = creating(scene, definition, inputs);
  await scene.time.pass(0);

  expect(message(ending)).toMatch(/did not reach RUNNING, it is STOPPED: /);
  expect(scene.calls("EnvironmentService/StartEnvironment")).toBe(0);
  expect(await leftovers(scene)).toEqual(nothing);
});

test("a failure of a new service before the first read is a failure, and its command is not run again", async () => {
  const scene = createScene();
  const environmentId = await runningEnvironment(scene);
  settleAfter(scene, "EnvironmentAutomationService/CreateService");

  const ending = creating(scene, service, web(environmentId, "exit 3"));
  await scene.time.pass(0);

  expect(message(ending)).toMatch(/did not reach RUNNING, it is FAILED: the start command exited with code 3/);
  expect(scene.calls("EnvironmentAutomationService/StartService")).toBe(0);
  expect(await leftovers(scene)).toEqual(nothing);
});

test("a failure of a started service before the first read is a failure", async () => {
  const scene = createScene();
  const environmentId = await runningEnvironment(scene);
  settleAfter(scene, "EnvironmentAutomationService/StartService");

  const { spec, ...rest } = web(environmentId, "exit 3") as { spec: { commands: object } };
  const ending = creating(scene, service, { ...rest, spec: { commands: spec.commands } } as never);
  await scene.time.pass(0);

  expect(message(ending)).toMatch(/did not reach RUNNING, it is FAILED: the start command exited with code 3/);
  expect(scene.calls("EnvironmentAutomationService/StartService")).toBe(1);
});

test("an object that vanishes while it is waited for is an error that says how to go on", async () => {
  const scene = createScene();
  const ending = creating(scene, environment, dev);
  await move(scene, 2);

  scene.emulator.admin.remove("environments", firstId(scene, "environments"));
  await scene.time.pass(1000);

  expect(message(ending)).toMatch(
    /^Environment \S+ disappeared while pulumi was waiting for it\n {2}phases: CREATING after 0 s, STARTING after \d s, gone after \d s\n {2}Somebody else has deleted it\. Run pulumi up --refresh, which creates it again\.$/,
  );
  expect(await leftovers(scene)).toEqual(nothing);
});

test("an object that reads do not know yet is waited for", async () => {
  const scene = createScene();
  scene.emulator.admin.lag(3);

  const ending = creating(scene, environment, dev);
  await moveUntil(scene, ending);

  expect(ending.outcome).toBe("done");
});

test("a new object that never appears in reads is an error after ten seconds", async () => {
  const scene = createScene();
  scene.emulator.admin.lag(1000);

  const ending = creating(scene, environment, dev);
  await scene.time.pass(22_000);

  expect(message(ending)).toMatch(/disappeared while pulumi was waiting for it/);
  expect(await leftovers(scene)).toEqual(nothing);
});

test("a phase that this version does not know is on its way, and told as unknown", async () => {
  const scene = createScene();
  const ending = creating(scene, environment, dev, { timeout: 60 });
  await scene.time.pass(500);
  const [row] = scene.emulator.world.environments.rows.values();
  row!.remote.status.phase = 77 as EnvironmentPhase;

  await scene.time.pass(70_000);

  expect(message(ending)).toMatch(
    /did not reach RUNNING within 60 s, it is in an unknown phase\n {2}phases: CREATING after 0 s, UNKNOWN after \d s/,
  );
  expect(await leftovers(scene)).toEqual(nothing);
});

test("an unknown phase on the way to the wanted one does no harm", async () => {
  const scene = createScene();
  const ending = creating(scene, service, web(await runningEnvironment(scene)));
  await scene.time.pass(500);
  const [row] = scene.emulator.world.services.rows.values();
  const { phase } = row!.remote.status;
  row!.remote.status.phase = 42 as ServicePhase;
  await scene.time.pass(12_000);
  const meanwhile = ending.outcome;

  row!.remote.status.phase = phase;
  await moveUntil(scene, ending);

  expect([meanwhile, ending.outcome]).toEqual([undefined, "done"]);
});

test("a service that ends before it runs is a failure, and is started once", async () => {
  const scene = createScene();
  const environmentId = await runningEnvironment(scene);
  const ending = creating(scene, service, web(environmentId, "exit 0"));

  await moveUntil(scene, ending, 20);

  expect(message(ending)).toMatch(/did not reach RUNNING, it is STOPPED: the server gives no reason/);
  expect(scene.calls("EnvironmentAutomationService/StartService")).toBe(1);
  expect(ServicePhase[scene.emulator.world.services.rows.values().next().value!.remote.status.phase]).toBe("STOPPED");
});

test("a start that was given up is taken back where the next run wants the service at rest", async () => {
  const scene = createScene();
  const environmentId = await runningEnvironment(scene);
  const inputs = (desiredPhase: string) =>
    check(service, { ...web(environmentId), spec: { commands: { start: "sleep infinity" }, desiredPhase } }).inputs;
  const { id, state } = await create(service, scene.operation(), inputs("STOPPED"));
  const cancel = new AbortController();
  const starting = update(service, scene.operation({ signal: cancel.signal }), id, state, inputs("RUNNING")).catch(
    (error: NotReady) => error.state,
  );
  await scene.time.pass(500);
  cancel.abort(new Error("cancelled"));
  const left = await starting;

  const stopping = follow(update(service, scene.operation(), id, left, inputs("STOPPED")));
  await readAgain(scene);
  await moveUntil(scene, stopping);
  scene.emulator.settle();

  expect(left).toMatchObject({ outputs: { status: { phase: "SERVICE_PHASE_STOPPED" } }, seen: { unfinished: true } });
  expect([stopping.outcome, phasesOf(scene, "services")]).toEqual(["done", ["STOPPED"]]);
});

test("the deadline is an error with the phases, the failed parts and how to raise it, never a success", async () => {
  const scene = createScene();
  const ending = creating(scene, environment, { ...dev, name: "stuck-starting" }, { timeout: 90 });
  for (let second = 0; second < 89; second++) {
    await scene.time.pass(1000);
    scene.emulator.step();
  }
  const pending = ending.outcome;
  await scene.time.pass(1000);

  expect(pending).toBeUndefined();
  expect(message(ending).split("\n")).toEqual([
    expect.stringMatching(/^Environment \S+ did not reach RUNNING within 90 s, it is STARTING$/),
    "  phases: CREATING after 0 s, STARTING after 2 s",
    '  It is kept; the next pulumi up goes on waiting. The resource option customTimeouts gives it more time: { customTimeouts: { create: "60m", update: "60m", delete: "60m" } }.',
  ]);
  expect(await leftovers(scene)).toEqual(nothing);
});

test("a read that hangs at the deadline is given up", async () => {
  const scene = createScene();
  const ending = creating(scene, environment, dev, { timeout: 20 });
  await scene.time.pass(1500);
  holdNext(scene, reads);

  await scene.time.pass(25_000);

  expect(message(ending)).toMatch(/did not reach RUNNING within 20 s/);
  expect(await leftovers(scene)).toEqual(nothing);
});

test.each([0, 1, 2])("a wait that is cancelled after %i steps ends at once and keeps the id", async (steps) => {
  const scene = createScene();
  const cancel = new AbortController();
  const ending = creating(scene, environment, dev, { signal: cancel.signal });
  await scene.time.pass(100);
  await move(scene, steps);

  cancel.abort(new Error("the engine is gone"));
  await scene.time.pass(0);

  expect(ending.outcome).toMatchObject({ id: firstId(scene, "environments") });
  expect(message(ending)).toMatch(/the engine is gone/);
  expect(await leftovers(scene)).toEqual(nothing);
});

test("a wait that is cancelled during a read ends at once", async () => {
  const scene = createScene();
  const cancel = new AbortController();
  holdNext(scene, reads);
  const ending = creating(scene, environment, dev, { signal: cancel.signal });
  await scene.time.pass(100);

  cancel.abort(new Error("the engine is gone"));
  await scene.time.pass(0);

  expect(ending.outcome).toMatchObject({ id: firstId(scene, "environments") });
  expect(await leftovers(scene)).toEqual(nothing);
});

test("a deletion waits with events until the object is gone, and leaves nothing behind", async () => {
  const scene = createScene();
  const id = await runningEnvironment(scene);
  const [outputs] = scene.emulator.admin.objects("environments") as [never];
  scene.emulator.admin.resetCalls();

  const ending = follow(remove(environment, scene.operation(), id, { inputs: {}, outputs, seen: {} }));
  await moveUntil(scene, ending);

  expect([ending.outcome, scene.calls(watches)]).toEqual(["done", 1]);
  expect(await leftovers(scene)).toEqual(nothing);
});

test("a deletion that takes too long is an error that says how to raise the time", async () => {
  const scene = createScene();
  const id = await runningEnvironment(scene);
  scene.emulator.admin.patch("environments", id, { metadata: { name: "stuck-deleting" } });
  const [outputs] = scene.emulator.admin.objects("environments") as [never];

  const ending = follow(remove(environment, scene.operation({ timeout: 60 }), id, { inputs: {}, outputs, seen: {} }));
  await moveUntil(scene, ending, 70);

  expect(message(ending)).toMatch(/is not gone after 60 s\n {2}phases: .*DELETING.*\n.*customTimeouts/);
  expect(await leftovers(scene)).toEqual(nothing);
});

test("an execution that is stopped by somebody is a failure with the step that was stopped", async () => {
  const scene = createScene();
  const environmentId = await runningEnvironment(scene);
  const taskId = await addTask(scene, environmentId, "sleep infinity");
  const ending = creating(scene, taskExecution, { taskId });
  await move(scene, 2);

  const id = firstId(scene, "taskExecutions");
  await scene.client.call(EnvironmentAutomationService.method.stopTaskExecution, { id });
  await moveUntil(scene, ending);

  expect(message(ending)).toMatch(/^TaskExecution \S+ did not reach SUCCEEDED, it is STOPPED: /);
  expect(await leftovers(scene)).toEqual(nothing);
});
