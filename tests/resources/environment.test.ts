import { environment, project } from "../../provider/resources";
import type { JsonObject } from "../../provider/value/json";
import { callsDuring, created, createScene, difference, ids, notReady, refreshed, removed, updated } from "./scene";

const running = "ENVIRONMENT_PHASE_RUNNING";
const stopped = "ENVIRONMENT_PHASE_STOPPED";
const dev = { name: "dev", spec: { machine: { class: ids.smallClass } } };
const devIn = (desiredPhase: string) => ({ ...dev, spec: { ...dev.spec, desiredPhase } });

test("a create returns when the environment runs", async () => {
  const scene = createScene();
  const kept = await created(scene, environment, dev);

  expect(kept.state.outputs).toMatchObject({
    metadata: { name: "dev" },
    status: { phase: running, environmentUrls: expect.anything() },
  });
  expect(kept.state.seen).toEqual({ organizationId: ids.organization, subjectId: ids.owner, ready: true });
  expect(scene.told).toEqual([
    expect.stringMatching(/^CREATING · machine: creating · \d:\d\d$/),
    expect.stringMatching(/^STARTING · machine: starting · \d:\d\d$/),
    expect.stringMatching(/^STARTING · content: creating · \d:\d\d$/),
    expect.stringMatching(/^STARTING · content: initializing · \d:\d\d$/),
    expect.stringMatching(/^STARTING · devcontainer: creating · \d:\d\d$/),
    expect.stringMatching(/^STARTING · automations file: initializing · \d:\d\d$/),
    expect.stringMatching(/^RUNNING · \d:\d\d$/),
  ]);
});

test("an environment from a project is created with the call for that", async () => {
  const scene = createScene();
  const shop = await created(scene, project, {
    name: "shop",
    initializer: { specs: [{ contextUrl: { url: "https://example.com/shop" } }] },
    environmentClasses: [{ environmentClassId: ids.smallClass }],
  });

  const kept = await created(scene, environment, { projectId: shop.id, name: "dev" });

  expect(kept.state.outputs).toMatchObject({ metadata: { projectId: shop.id }, status: { phase: running } });
  expect(kept.state.inputs).toEqual({ projectId: shop.id, name: "dev" });
});

test("a stated phase is reached both ways", async () => {
  const scene = createScene();
  const kept = await created(scene, environment, devIn(running));

  await updated(scene, environment, kept, devIn(stopped));
  const resting = kept.state.outputs;
  await updated(scene, environment, kept, devIn(running));

  expect(resting).toMatchObject({ status: { phase: stopped } });
  expect(kept.state.outputs).toMatchObject({ status: { phase: running } });
});

test("an environment that shall rest is created and stopped", async () => {
  const scene = createScene();
  const kept = await created(scene, environment, devIn(stopped));

  expect(kept.state.outputs).toMatchObject({ status: { phase: stopped } });
});

test("a stated phase that differs later is drift, and an update repairs it", async () => {
  const scene = createScene();
  const kept = await created(scene, environment, devIn(running));
  scene.emulator.admin.stopEnvironment(kept.id);
  scene.emulator.settle();

  await refreshed(scene, environment, kept);
  const drift = difference(scene, environment, kept, devIn(running));
  await updated(scene, environment, kept, devIn(running));

  expect(drift).toMatchObject({
    changes: [{ path: ["spec", "desiredPhase"], kind: "update", replaces: false }],
    unsettled: true,
  });
  expect(kept.state.outputs).toMatchObject({ status: { phase: running } });
});

test("an environment that runs but has been asked to stop is drift, and an update lets it run on", async () => {
  const scene = createScene();
  const kept = await created(scene, environment, devIn(running));
  scene.emulator.admin.patch("environments", kept.id, { spec: { desiredPhase: stopped } });

  await refreshed(scene, environment, kept);
  const drift = difference(scene, environment, kept, devIn(running));
  await updated(scene, environment, kept, devIn(running));
  scene.emulator.settle();

  expect(drift.changes).toMatchObject([{ path: ["spec", "desiredPhase"], kind: "update" }]);
  expect(scene.emulator.admin.objects("environments")).toMatchObject([
    { id: kept.id, spec: { desiredPhase: running }, status: { phase: running } },
  ]);
});

test("an update that a running environment takes up on the way through UPDATING is waited for", async () => {
  const scene = createScene();
  const kept = await created(scene, environment, dev);

  await updated(scene, environment, kept, { ...dev, spec: { ...dev.spec, content: { gitUsername: "Ada" } } });
  const steps = scene.emulator.settle();
  const refresh = await refreshed(scene, environment, kept);

  expect(steps).toBe(0);
  expect(refresh?.outputs).toMatchObject({ status: { phase: running } });
});

test("a phase that is not stated is the user's business once the environment has come up", async () => {
  const scene = createScene();
  const kept = await created(scene, environment, dev);
  scene.emulator.admin.stopEnvironment(kept.id);
  scene.emulator.settle();

  await refreshed(scene, environment, kept);
  const drift = difference(scene, environment, kept, dev);
  await updated(scene, environment, kept, { ...dev, name: "dev 2" });

  expect(drift).toMatchObject({ changes: [], unsettled: false });
  expect(kept.state.outputs).toMatchObject({ metadata: { name: "dev 2" }, status: { phase: stopped } });
});

test("an environment that fails to start keeps its id in state, and the next update starts it again", async () => {
  const scene = createScene();
  const failing = { ...dev, name: "fail-start-once" };

  const failure = await notReady(created(scene, environment, failing));
  const kept = { id: failure.id, state: failure.state };
  const resumed = difference(scene, environment, kept, failing);
  await updated(scene, environment, kept, failing);

  expect(failure.message).toMatch(
    /^Environment \S+ did not reach RUNNING, it is STOPPED: cannot initialize .+\n {2}content FAILED: .+\n {2}phases: CREATING after \d s, .+\n {2}It is kept; correct the cause and run pulumi up again/,
  );
  expect(failure.state.seen.ready).toBeUndefined();
  expect(resumed).toMatchObject({ changes: [], replaces: [], unsettled: true });
  expect(kept.state).toMatchObject({ outputs: { status: { phase: running } }, seen: { ready: true } });
  expect(scene.emulator.admin.objects("environments")).toHaveLength(1);
});

test("until an environment has come up once, every update waits for that", async () => {
  const scene = createScene();
  const failure = await notReady(created(scene, environment, { ...dev, name: "fail-start-once" }));
  const kept = { id: failure.id, state: failure.state };

  await updated(scene, environment, kept, { ...dev, name: "renamed" });

  expect(kept.state).toMatchObject({ outputs: { metadata: { name: "renamed" }, status: { phase: running } } });
});

test("a wait that hits its timeout is an error with the phases so far, and keeps the id", async () => {
  const scene = createScene();
  const stuck = { ...dev, name: "stuck-starting" };

  const failure = await notReady(created(scene, environment, stuck));

  expect(failure.message).toMatch(
    /did not reach RUNNING within 1800 s, it is STARTING\n {2}phases: CREATING after \d s, STARTING after \d s\n {2}It is kept; the next pulumi up goes on waiting\. The resource option customTimeouts/,
  );
  expect(failure.state.outputs).toMatchObject({ status: { phase: "ENVIRONMENT_PHASE_STARTING" } });
});

test("ports are merged by their number, and a removed one is closed", async () => {
  const scene = createScene();
  const port = (number: number, admission: string) => ({ port: number, name: `port ${number}`, admission });
  const withPorts = (...ports: JsonObject[]) => ({ ...dev, spec: { ...dev.spec, ports } });
  const everyone = "ADMISSION_LEVEL_EVERYONE";
  const kept = await created(scene, environment, withPorts(port(3000, everyone), port(8080, everyone)));

  const after = withPorts(port(8080, "ADMISSION_LEVEL_ORGANIZATION"), port(9090, everyone));
  await updated(scene, environment, kept, after);
  await refreshed(scene, environment, kept);

  expect(difference(scene, environment, kept, after).changes).toEqual([]);
  const [remote] = scene.emulator.admin.objects("environments") as { spec: { ports: { port: number }[] } }[];
  expect(remote!.spec.ports.map(({ port }) => port).sort((a, b) => a - b)).toEqual([8080, 9090, 50432, 61000]);
});

test("a machine class replaces, and so does what the update call lacks", async () => {
  const scene = createScene();
  const kept = await created(scene, environment, dev);

  expect(
    difference(scene, environment, kept, { ...dev, spec: { machine: { class: ids.largeClass } } }).replaces,
  ).toEqual(["spec"]);
  expect(difference(scene, environment, kept, { ...dev, annotations: { team: "shop" } }).replaces).toEqual([
    "annotations",
  ]);
});

test("a removed inactivity timeout is left as it is, because its empty value would never stop the environment", async () => {
  const scene = createScene();
  const limited = { ...dev, spec: { ...dev.spec, timeout: { disconnected: "1h" } } };
  const kept = await created(scene, environment, limited);

  await updated(scene, environment, kept, dev);

  expect(scene.emulator.admin.objects("environments")).toMatchObject([
    { spec: { timeout: { disconnected: "3600s" } } },
  ]);
});

test("a refresh of an untouched live environment changes nothing", async () => {
  const scene = createScene();
  const kept = await created(scene, environment, dev);
  await refreshed(scene, environment, kept);
  const before = kept.state;
  scene.emulator.admin.patch("environments", kept.id, {
    status: { activitySignal: { source: "VS Code", timestamp: "2026-01-31T13:00:00Z" } },
  });

  await refreshed(scene, environment, kept);

  expect(kept.state).toEqual(before);
});

test("a deletion returns when the environment is gone", async () => {
  const scene = createScene();
  const kept = await created(scene, environment, dev);

  await removed(scene, environment, kept);

  expect(await refreshed(scene, environment, kept)).toBeUndefined();
});

test("a forced deletion says so to the server", async () => {
  const scene = createScene();
  const kept = await created(scene, environment, { ...dev, forceDelete: true });

  const calls = await callsDuring(scene, () => removed(scene, environment, kept));

  expect(calls).toMatchObject({ "EnvironmentService/DeleteEnvironment": 1, "EnvironmentService/GetEnvironment": 2 });
});

test("a change of forceDelete alone calls nothing", async () => {
  const scene = createScene();
  const kept = await created(scene, environment, dev);

  await updated(scene, environment, kept, { ...dev, forceDelete: true });

  expect(scene.emulator.calls()).not.toHaveProperty("EnvironmentService/UpdateEnvironment");
  expect(kept.state.inputs).toEqual({ ...dev, forceDelete: true });
});

test("a deletion that does not come to its end is an error, and the environment is kept", async () => {
  const scene = createScene();
  const kept = await created(scene, environment, { ...dev, name: "stuck-deleting" });

  await expect(removed(scene, environment, kept)).rejects.toThrow(
    /^Environment \S+ is not gone after 900 s\n {2}phases: .+ DELETING after \d s\n {2}It stays in the stack/,
  );
});
