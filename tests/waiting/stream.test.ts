import { environment } from "../../provider/resources";
import {
  createScene,
  creating,
  dev,
  type Ending,
  holdStreams,
  leftovers,
  move,
  moveUntil,
  nothing,
  reads,
  type Scene,
  sendStrangeEvent,
  watches,
} from "./scene";

const ends = ["clean", "error", "connection"] as const;

/** Lets the environment come up in one go, and returns how long the wait took to find that out, in seconds. */
async function secondsToEnd(scene: Scene, ending: Ending): Promise<number> {
  scene.emulator.settle();
  for (let seconds = 0; seconds < 60; seconds++) {
    await scene.time.pass(seconds === 0 ? 0 : 1000);
    if (ending.outcome !== undefined) return seconds;
  }
  throw new Error("the wait goes on");
}

describe.each(ends)("a stream with the end %s", (end) => {
  test.each([0, 1, 2, 3, 4, 5, 6, 7])(
    "after %i steps of the life is opened again, and the wait ends right",
    async (steps) => {
      const scene = createScene();
      const ending = creating(scene, environment, dev);
      await scene.time.pass(100);
      await move(scene, steps);

      scene.emulator.admin.cutStreams(end);
      await scene.time.pass(1500);
      await moveUntil(scene, ending);

      expect(ending.outcome).toBe("done");
      expect(await leftovers(scene)).toEqual(nothing);
    },
  );

  test("that comes with the step to the wanted phase delays the wait by no more than the reopening", async () => {
    const scene = createScene();
    const ending = creating(scene, environment, dev);
    await move(scene, 2);

    scene.emulator.admin.cutStreams(end);

    expect(await secondsToEnd(scene, ending)).toBeLessThanOrEqual(1);
    expect(await leftovers(scene)).toEqual(nothing);
  });

  test("at every step is opened again each time with growing pauses", async () => {
    const scene = createScene();
    const ending = creating(scene, environment, { ...dev, name: "stuck-starting" });
    for (let second = 0; second < 120; second++) {
      await scene.time.pass(1000);
      scene.emulator.step();
      scene.emulator.admin.cutStreams(end);
    }

    expect(ending.outcome).toBeUndefined();
    expect(scene.calls(watches)).toBeLessThanOrEqual(12);
  });
});

test.each(["before", "after"] as const)(
  "a connection that is lost %s the stream is granted is tried again",
  async (lost) => {
    const scene = createScene();
    scene.emulator.admin.fault({ method: watches, lost });
    const ending = creating(scene, environment, dev);
    await scene.time.pass(2000);
    await move(scene, 1);
    const open = scene.emulator.admin.streams();
    await moveUntil(scene, ending);

    expect([ending.outcome, scene.calls(watches)]).toEqual(["done", 2]);
    expect(open).toBeGreaterThan(0);
  },
);

test("a stream that is lost before it is granted and comes back finds what happened meanwhile", async () => {
  const scene = createScene();
  scene.emulator.admin.fault({ method: watches, times: 3, refuse: { code: "unavailable" } });
  const ending = creating(scene, environment, dev);
  await scene.time.pass(500);

  scene.emulator.settle();
  await scene.time.pass(3000);

  expect(ending.outcome).toBe("done");
  expect(await leftovers(scene)).toEqual(nothing);
});

test("a reopening that fails five times is covered by reads, and heals", async () => {
  const scene = createScene();
  const ending = creating(scene, environment, dev);
  await move(scene, 2);
  scene.emulator.admin.fault({ method: watches, times: 5, refuse: { code: "unavailable" } });
  scene.emulator.admin.cutStreams("connection");
  const before = scene.calls(reads);

  await scene.time.pass(20_000);
  const [covered, streams] = [scene.calls(reads) - before, scene.emulator.admin.streams()];
  sendStrangeEvent(scene);
  await scene.time.pass(1500);
  const healed = scene.calls(reads);
  await scene.time.pass(20_000);

  expect(covered).toBeGreaterThanOrEqual(3);
  expect(streams).toBe(1);
  expect(scene.calls(watches)).toBe(7);
  expect(scene.calls(reads) - healed).toBeLessThanOrEqual(1);
  expect(await secondsToEnd(scene, ending)).toBe(0);
  expect(await leftovers(scene)).toEqual(nothing);
});

test("a refused reopening causes no reads of its own", async () => {
  const scene = createScene();
  creating(scene, environment, dev);
  await move(scene, 2);
  scene.emulator.admin.fault({ method: watches, times: 50, refuse: { code: "unavailable" } });
  scene.emulator.admin.cutStreams("clean");
  await scene.time.pass(1000);
  const before = scene.calls(reads);

  await scene.time.pass(60_000);

  expect(scene.calls(watches)).toBeGreaterThanOrEqual(6);
  expect(scene.calls(reads) - before).toBeLessThanOrEqual(12);
});

test("while no reopening succeeds, a phase is found within one poll interval", async () => {
  const scene = createScene();
  const ending = creating(scene, environment, dev);
  await move(scene, 2);
  scene.emulator.admin.fault({ method: watches, times: 50, refuse: { code: "unavailable" } });
  scene.emulator.admin.cutStreams("clean");
  await scene.time.pass(1000);

  expect(await secondsToEnd(scene, ending)).toBeLessThanOrEqual(12);
});

test("a stream that lived for a while is opened again at once", async () => {
  const scene = createScene();
  const ending = creating(scene, environment, dev);
  await move(scene, 2);
  for (let i = 0; i < 5; i++) {
    await scene.time.pass(15_000);
    scene.emulator.admin.cutStreams("clean");
  }
  await scene.time.pass(400);

  expect([scene.emulator.admin.streams(), ending.outcome]).toEqual([1, undefined]);
});

test("a wait that ends while its stream is being opened leaves nothing behind", async () => {
  const scene = createScene();
  const letIn = holdStreams(scene);
  scene.emulator.admin.onCall((method, moment) => {
    if (method === "EnvironmentService/CreateEnvironment" && moment === "after") scene.emulator.settle();
  });
  const ending = creating(scene, environment, dev);
  await scene.time.pass(0);
  letIn();

  expect(ending.outcome).toBe("done");
  expect(await leftovers(scene)).toEqual(nothing);
});
