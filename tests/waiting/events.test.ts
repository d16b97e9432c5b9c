import { EnvironmentPhase } from "../../proto/gen/gitpod/v1/environment_pb";
import { environment, service } from "../../provider/resources";
import type { JsonObject } from "../../provider/value/json";
import {
  createScene,
  creating,
  dev,
  firstId,
  holdStreams,
  leftovers,
  move,
  moveUntil,
  nothing,
  phasesOf,
  readAgain,
  reads,
  runningEnvironment,
  type Scene,
  sendStrangeEvent,
  serviceReads,
  watches,
  web,
} from "./scene";

const stops = "EnvironmentAutomationService/StopService";

/** Steps the world until an object has the phase, and returns how often it was read until the step that led there. */
async function stepTo(scene: Scene, table: "environments" | "services", phase: string, method: string) {
  for (let steps = 0; steps < 30; steps++) {
    await scene.time.pass(1500);
    const before = scene.calls(method);
    scene.emulator.step();
    if (phasesOf(scene, table)[0] === phase) return before;
  }
  throw new Error(`no ${phase}`);
}

test("the wait for an environment returns with the first read after the event that tells of the phase", async () => {
  const scene = createScene();
  const ending = creating(scene, environment, dev);

  const before = await stepTo(scene, "environments", "RUNNING", reads);
  await scene.time.pass(0);

  expect([ending.outcome, scene.calls(reads) - before]).toEqual(["done", 1]);
  expect(await leftovers(scene)).toEqual(nothing);
});

test("the wait for a service returns with the first read after the event that tells of the phase", async () => {
  const scene = createScene();
  const ending = creating(scene, service, web(await runningEnvironment(scene)));

  const before = await stepTo(scene, "services", "RUNNING", serviceReads);
  await scene.time.pass(0);

  expect([ending.outcome, scene.calls(serviceReads) - before]).toEqual(["done", 1]);
  expect(await leftovers(scene)).toEqual(nothing);
});

test("an environment that runs before anybody listens is found by the first read", async () => {
  const scene = createScene();
  scene.emulator.admin.onCall((method, moment) => {
    if (method === "EnvironmentService/CreateEnvironment" && moment === "after") scene.emulator.settle();
  });

  const ending = creating(scene, environment, dev);
  await scene.time.pass(0);

  expect([ending.outcome, scene.calls(reads)]).toEqual(["done", 1]);
  expect(await leftovers(scene)).toEqual(nothing);
});

test("an environment that runs between the first read and the opening of the stream is found a second later", async () => {
  const scene = createScene();
  const letIn = holdStreams(scene);
  const ending = creating(scene, environment, dev);
  await scene.time.pass(500);

  scene.emulator.settle();
  letIn();
  await scene.time.pass(500);

  expect([ending.outcome, scene.calls(reads)]).toEqual(["done", 2]);
  expect(await leftovers(scene)).toEqual(nothing);
});

test("where the first event comes late, everybody reads again within a second of it", async () => {
  const scene = createScene();
  const letIn = holdStreams(scene);
  const ending = creating(scene, environment, dev);
  await scene.time.pass(1000);
  const presumed = scene.calls(reads);

  scene.emulator.settle();
  letIn();
  await scene.time.pass(0);
  sendStrangeEvent(scene);
  await scene.time.pass(1000);

  expect([ending.outcome, presumed, scene.calls(reads)]).toEqual(["done", 2, 3]);
});

test("without events a wait returns within one poll interval of at most twelve seconds", async () => {
  const scene = createScene();
  scene.emulator.admin.fault({ method: watches, refuse: { code: "unimplemented" } });
  const ending = creating(scene, environment, dev);
  await scene.time.pass(60_000);
  const pending = ending.outcome;

  scene.emulator.settle();
  await scene.time.pass(12_000);

  expect([pending, ending.outcome]).toEqual([undefined, "done"]);
  expect(await leftovers(scene)).toEqual(nothing);
});

test("a stream that is open but silent is backed by a read every thirty seconds", async () => {
  const scene = createScene();
  const ending = creating(scene, environment, dev);
  await move(scene, 2);
  const before = scene.calls(reads);
  const [row] = scene.emulator.world.environments.rows.values();
  row!.remote.status.phase = EnvironmentPhase.RUNNING;

  await scene.time.pass(28_000);
  const meanwhile = scene.calls(reads) - before;
  await scene.time.pass(2000);

  expect([meanwhile, ending.outcome, scene.calls(reads) - before]).toEqual([0, "done", 1]);
  expect(await leftovers(scene)).toEqual(nothing);
});

test("a service at rest that may be about to start is stopped ten seconds later, also where no event tells of it", async () => {
  const scene = createScene();
  const environmentId = await runningEnvironment(scene);
  const { spec, ...rest } = web(environmentId);
  await moveUntil(
    scene,
    creating(scene, service, { ...rest, spec: { ...(spec as JsonObject), desiredPhase: "STOPPED" } }),
  );
  const adopt = firstId(scene, "services");
  scene.emulator.admin.patch("services", adopt, { spec: { desiredPhase: "SERVICE_PHASE_RUNNING" } });
  const ending = creating(scene, service, {
    ...rest,
    spec: { ...(spec as JsonObject), desiredPhase: "STOPPED" },
    adopt,
  });
  await readAgain(scene);
  await readAgain(scene);
  await moveUntil(scene, ending, 3);
  sendStrangeEvent(scene);

  await moveUntil(scene, ending, 6);
  const early = [scene.calls(stops), ending.outcome];
  await moveUntil(scene, ending, 4);

  expect(early).toEqual([0, undefined]);
  expect([scene.calls(stops), ending.outcome]).toEqual([1, "done"]);
});

test("a stream that has never told an event is not relied on", async () => {
  const scene = createScene();
  holdStreams(scene);
  const ending = creating(scene, environment, dev);
  await scene.time.pass(65_000);

  scene.emulator.settle();
  await scene.time.pass(12_000);

  expect(ending.outcome).toBe("done");
});

test("a server that refuses events is told of once in a process, and is not asked again by the same waits", async () => {
  const scene = createScene();
  scene.emulator.admin.fault({
    method: watches,
    times: 10,
    refuse: { code: "permission_denied", message: "not yours" },
  });
  const endings = ["a", "b", "c"].map((name) => creating(scene, environment, { ...dev, name }));
  await scene.time.pass(3000);
  scene.emulator.settle();
  await scene.time.pass(12_000);
  const asked = scene.calls(watches);

  const later = creating(scene, environment, { ...dev, name: "d" });
  await scene.time.pass(0);
  scene.emulator.settle();
  await scene.time.pass(12_000);

  expect([...endings, later].map(({ outcome }) => outcome)).toEqual(["done", "done", "done", "done"]);
  expect(asked).toBe(1);
  expect(scene.told.filter((line) => line.startsWith("info: "))).toEqual([
    "info: the server sends no events (not yours); phases are read every few seconds instead",
  ]);
});

test("events of other objects and of unknown types cause no read", async () => {
  const scene = createScene();
  const ending = creating(scene, environment, dev);
  await move(scene, 2);
  const before = scene.calls(reads);

  for (let i = 0; i < 5; i++) {
    sendStrangeEvent(scene);
    await scene.time.pass(1000);
  }

  expect([ending.outcome, scene.calls(reads) - before]).toEqual([undefined, 0]);
  scene.emulator.settle();
  await scene.time.pass(1000);
  expect(ending.outcome).toBe("done");
});

test("events that come late, in another order or many times cost at most one read a second, and the wait ends right", async () => {
  const scene = createScene();
  const ending = creating(scene, environment, dev);
  await scene.time.pass(2000);
  const [{ id }] = scene.emulator.admin.objects("environments") as [{ id: string }];
  const before = scene.calls(reads);

  for (let i = 0; i < 40; i++) {
    for (const operation of [4, 1, 3, 2, 99])
      scene.emulator.admin.sendEvent({ operation, resourceType: i, resourceId: id });
    await scene.time.pass(250);
  }

  expect(ending.outcome).toBeUndefined();
  expect(scene.calls(reads) - before).toBeLessThanOrEqual(11);
  scene.emulator.settle();
  await scene.time.pass(1000);
  expect(ending.outcome).toBe("done");
});
