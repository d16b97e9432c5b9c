import { environment, service } from "../../provider/resources";
import { systemClock } from "../../provider/value/clock";
import {
  createScene,
  creating,
  dev,
  leftovers,
  nothing,
  reads,
  runningEnvironment,
  type Scene,
  serviceReads,
  watches,
  web,
} from "./scene";

const environments = (scene: Scene, count: number, clock = scene.operation().clock) =>
  Array.from({ length: count }, (_, i) => creating(scene, environment, { ...dev, name: `dev-${i}` }, { clock }));

const services = (scene: Scene, environmentId: string, count: number, clock = scene.operation().clock) =>
  Array.from({ length: count }, (_, i) =>
    creating(
      scene,
      service,
      { ...web(environmentId), metadata: { reference: `web-${i}`, name: `Web ${i}` } },
      { clock },
    ),
  );

test("fifty environments share one stream, and each reads twice and then at most once for each second with events", async () => {
  const scene = createScene();
  const endings = environments(scene, 50);
  await scene.time.pass(2000);
  const idle = scene.calls(reads);

  for (let steps = 0; endings.some(({ outcome }) => outcome === undefined); steps++) {
    expect(steps).toBeLessThan(20);
    scene.emulator.step();
    await scene.time.pass(500);
  }

  expect(endings.map(({ outcome }) => outcome)).toEqual(endings.map(() => "done"));
  expect(idle).toBe(2 * 50);
  expect(scene.calls(watches)).toBe(1);
  // Events come for three and a half seconds: the first one is followed at once, the others once a second.
  expect(scene.calls(reads) - idle).toBeLessThanOrEqual(5 * 50);
  expect(await leftovers(scene)).toEqual(nothing);
});

test("the event that answers a stream costs each environment one read", async () => {
  const scene = createScene();
  const endings = environments(scene, 50);
  await scene.time.pass(2000);
  const idle = scene.calls(reads);

  scene.emulator.step();
  await scene.time.pass(5000);

  expect(scene.calls(reads) - idle).toBe(50);
  scene.emulator.settle();
  await scene.time.pass(2000);
  expect(endings.map(({ outcome }) => outcome)).toEqual(endings.map(() => "done"));
});

test("a hundred services of one environment share one stream", async () => {
  const scene = createScene();
  const environmentId = await runningEnvironment(scene);
  scene.emulator.admin.resetCalls();
  const endings = services(scene, environmentId, 100);
  await scene.time.pass(2000);

  for (let steps = 0; endings.some(({ outcome }) => outcome === undefined); steps++) {
    expect(steps).toBeLessThan(20);
    scene.emulator.step();
    await scene.time.pass(1000);
  }

  expect(endings.map(({ outcome }) => outcome)).toEqual(endings.map(() => "done"));
  expect(scene.calls(watches)).toBe(1);
  // Two, and one for each second with events: when they are asked to start, when they start, and when they run.
  expect(scene.calls(serviceReads)).toBeLessThanOrEqual(5 * 100);
  expect(await leftovers(scene)).toEqual(nothing);
});

test("at the emulator's fast pace fifty environments take one stream and at most four reads each", async () => {
  const scene = createScene({ pace: "fast" });

  const endings = environments(scene, 50, systemClock);
  await Promise.all(endings.map(({ work }) => work));
  await scene.emulator.close();

  expect(endings.map(({ outcome }) => outcome)).toEqual(endings.map(() => "done"));
  expect(scene.calls(watches)).toBe(1);
  expect(scene.calls(reads)).toBeLessThanOrEqual(4 * 50);
});

test("at the emulator's fast pace a hundred services take one stream and at most four reads each", async () => {
  const scene = createScene({ pace: "fast" });
  const made = creating(scene, environment, dev, { clock: systemClock });
  await made.work;
  const [{ id }] = scene.emulator.admin.objects("environments") as [{ id: string }];
  scene.emulator.admin.resetCalls();

  const endings = services(scene, id, 100, systemClock);
  await Promise.all(endings.map(({ work }) => work));
  await scene.emulator.close();

  expect(endings.map(({ outcome }) => outcome)).toEqual(endings.map(() => "done"));
  expect(scene.calls(watches)).toBe(1);
  expect(scene.calls(serviceReads)).toBeLessThanOrEqual(4 * 100);
});

test("waits of two environments' services have a stream each, and the last one to end closes it", async () => {
  const scene = createScene();
  const first = await runningEnvironment(scene);
  const made = creating(scene, environment, { ...dev, name: "other" });
  await scene.time.pass(1000);
  scene.emulator.settle();
  await scene.time.pass(1000);
  expect(made.outcome).toBe("done");
  const second = (scene.emulator.admin.objects("environments") as { id: string }[])[1]!.id;
  scene.emulator.admin.resetCalls();

  const endings = [
    creating(scene, service, web(first)),
    creating(scene, service, { ...web(first), metadata: { reference: "other", name: "Other" } }),
    creating(scene, service, web(second)),
  ];
  await scene.time.pass(1000);
  const open = scene.emulator.admin.streams();
  scene.emulator.settle();
  await scene.time.pass(5000);

  expect([open, scene.calls(watches)]).toEqual([2, 2]);
  expect(endings.every(({ outcome }) => outcome !== undefined)).toBe(true);
  expect(await leftovers(scene)).toEqual(nothing);
});
