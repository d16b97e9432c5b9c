import { environment, project } from "../../provider/resources";
import type { JsonObject } from "../../provider/value/json";
import { callsDuring, created, createStage, difference, ids, notReady, refreshed, removed, updated } from "./stage";

const running = "ENVIRONMENT_PHASE_RUNNING";
const stopped = "ENVIRONMENT_PHASE_STOPPED";
const dev = { name: "dev", spec: { machine: { class: ids.smallClass } } };
const devIn = (desiredPhase: string) => ({ ...dev, spec: { ...dev.spec, desiredPhase } });

test("a create returns when the environment runs", async () => {
  const stage = createStage();
  const kept = await created(stage, environment, dev);

  expect(kept.state.outputs).toMatchObject({
    metadata: { name: "dev" },
    status: { phase: running, environmentUrls: expect.anything() },
  });
  expect(kept.state.seen).toEqual({ organizationId: ids.organization, subjectId: ids.owner, ready: true });
  expect(stage.told).toEqual([
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
  const stage = createStage();
  const shop = await created(stage, project, {
    name: "shop",
    initializer: { specs: [{ contextUrl: { url: "https://example.com/shop" } }] },
    environmentClasses: [{ environmentClassId: ids.smallClass }],
  });

  const kept = await created(stage, environment, { projectId: shop.id, name: "dev" });

  expect(kept.state.outputs).toMatchObject({ metadata: { projectId: shop.id }, status: { phase: running } });
  expect(kept.state.inputs).toEqual({ projectId: shop.id, name: "dev" });
});

test("a stated phase is reached both ways", async () => {
  const stage = createStage();
  const kept = await created(stage, environment, devIn(running));

  await updated(stage, environment, kept, devIn(stopped));
  const resting = kept.state.outputs;
  await updated(stage, environment, kept, devIn(running));

  expect(resting).toMatchObject({ status: { phase: stopped } });
  expect(kept.state.outputs).toMatchObject({ status: { phase: running } });
});

test("an environment that shall rest is created and stopped", async () => {
  const stage = createStage();
  const kept = await created(stage, environment, devIn(stopped));

  expect(kept.state.outputs).toMatchObject({ status: { phase: stopped } });
});

test("a stated phase that differs later is drift, and an update repairs it", async () => {
  const stage = createStage();
  const kept = await created(stage, environment, devIn(running));
  stage.emulator.admin.stopEnvironment(kept.id);
  stage.emulator.settle();

  await refreshed(stage, environment, kept);
  const drift = difference(stage, environment, kept, devIn(running));
  await updated(stage, environment, kept, devIn(running));

  expect(drift).toMatchObject({
    changes: [{ path: ["spec", "desiredPhase"], kind: "update", replaces: false }],
    unsettled: true,
  });
  expect(kept.state.outputs).toMatchObject({ status: { phase: running } });
});

test("an environment that runs but has been asked to stop is drift, and an update lets it run on", async () => {
  const stage = createStage();
  const kept = await created(stage, environment, devIn(running));
  stage.emulator.admin.patch("environments", kept.id, { spec: { desiredPhase: stopped } });

  await refreshed(stage, environment, kept);
  const drift = difference(stage, environment, kept, devIn(running));
  await updated(stage, environment, kept, devIn(running));
  stage.emulator.settle();

  expect(drift.changes).toMatchObject([{ path: ["spec", "desiredPhase"], kind: "update" }]);
  expect(stage.emulator.admin.objects("environments")).toMatchObject([
    { id: kept.id, spec: { desiredPhase: running }, status: { phase: running } },
  ]);
});

test("an update that a running environment takes up on the way through UPDATING is waited for", async () => {
  const stage = createStage();
  const kept = await created(stage, environment, dev);

  await updated(stage, environment, kept, { ...dev, spec: { ...dev.spec, content: { gitUsername: "Ada" } } });
  const steps = stage.emulator.settle();
  const refresh = await refreshed(stage, environment, kept);

  expect(steps).toBe(0);
  expect(refresh?.outputs).toMatchObject({ status: { phase: running } });
});

test("a phase that is not stated is the user's business once the environment has come up", async () => {
  const stage = createStage();
  const kept = await created(stage, environment, dev);
  stage.emulator.admin.stopEnvironment(kept.id);
  stage.emulator.settle();

  await refreshed(stage, environment, kept);
  const drift = difference(stage, environment, kept, dev);
  await updated(stage, environment, kept, { ...dev, name: "dev 2" });

  expect(drift).toMatchObject({ changes: [], unsettled: false });
  expect(kept.state.outputs).toMatchObject({ metadata: { name: "dev 2" }, status: { phase: stopped } });
});

test("an environment that fails to start keeps its id in state, and the next update starts it again", async () => {
  const stage = createStage();
  const failing = { ...dev, name: "fail-start-once" };

  const failure = await notReady(created(stage, environment, failing));
  const kept = { id: failure.id, state: failure.state };
  const resumed = difference(stage, environment, kept, failing);
  await updated(stage, environment, kept, failing);

  expect(failure.message).toMatch(
    /^Environment \S+ did not reach RUNNING, it is STOPPED: cannot initialize .+\n {2}content FAILED: .+\n {2}phases: CREATING after \d s, .+\n {2}It is kept; correct the cause and run pulumi up again/,
  );
  expect(failure.state.seen.ready).toBeUndefined();
  expect(resumed).toMatchObject({ changes: [], replaces: [], unsettled: true });
  expect(kept.state).toMatchObject({ outputs: { status: { phase: running } }, seen: { ready: true } });
  expect(stage.emulator.admin.objects("environments")).toHaveLength(1);
});

test("until an environment has come up once, every update waits for that", async () => {
  const stage = createStage();
  const failure = await notReady(created(stage, environment, { ...dev, name: "fail-start-once" }));
  const kept = { id: failure.id, state: failure.state };

  await updated(stage, environment, kept, { ...dev, name: "renamed" });

  expect(kept.state).toMatchObject({ outputs: { metadata: { name: "renamed" }, status: { phase: running } } });
});

test("a wait that hits its timeout is an error with the phases so far, and keeps the id", async () => {
  const stage = createStage();
  const stuck = { ...dev, name: "stuck-starting" };

  const failure = await notReady(created(stage, environment, stuck));

  expect(failure.message).toMatch(
    /did not reach RUNNING within 1800 s, it is STARTING\n {2}phases: CREATING after \d s, STARTING after \d s\n {2}It is kept; the next pulumi up goes on waiting\. The resource option customTimeouts/,
  );
  expect(failure.state.outputs).toMatchObject({ status: { phase: "ENVIRONMENT_PHASE_STARTING" } });
});

test("ports are merged by their number, and a removed one is closed", async () => {
  const stage = createStage();
  const port = (number: number, admission: string) => ({ port: number, name: `port ${number}`, admission });
  const withPorts = (...ports: JsonObject[]) => ({ ...dev, spec: { ...dev.spec, ports } });
  const everyone = "ADMISSION_LEVEL_EVERYONE";
  const kept = await created(stage, environment, withPorts(port(3000, everyone), port(8080, everyone)));

  const after = withPorts(port(8080, "ADMISSION_LEVEL_ORGANIZATION"), port(9090, everyone));
  await updated(stage, environment, kept, after);
  await refreshed(stage, environment, kept);

  expect(difference(stage, environment, kept, after).changes).toEqual([]);
  const [remote] = stage.emulator.admin.objects("environments") as { spec: { ports: { port: number }[] } }[];
  expect(remote!.spec.ports.map(({ port }) => port).sort((a, b) => a - b)).toEqual([8080, 9090, 50432, 61000]);
});

test("a machine class replaces, and so does what the update call lacks", async () => {
  const stage = createStage();
  const kept = await created(stage, environment, dev);

  expect(
    difference(stage, environment, kept, { ...dev, spec: { machine: { class: ids.largeClass } } }).replaces,
  ).toEqual(["spec"]);
  expect(difference(stage, environment, kept, { ...dev, annotations: { team: "shop" } }).replaces).toEqual([
    "annotations",
  ]);
});

test("a removed inactivity timeout is left as it is, because its empty value would never stop the environment", async () => {
  const stage = createStage();
  const limited = { ...dev, spec: { ...dev.spec, timeout: { disconnected: "1h" } } };
  const kept = await created(stage, environment, limited);

  await updated(stage, environment, kept, dev);

  expect(stage.emulator.admin.objects("environments")).toMatchObject([
    { spec: { timeout: { disconnected: "3600s" } } },
  ]);
});

test("a refresh of an untouched live environment changes nothing", async () => {
  const stage = createStage();
  const kept = await created(stage, environment, dev);
  await refreshed(stage, environment, kept);
  const before = kept.state;
  stage.emulator.admin.patch("environments", kept.id, {
    status: { activitySignal: { source: "VS Code", timestamp: "2026-01-31T13:00:00Z" } },
  });

  await refreshed(stage, environment, kept);

  expect(kept.state).toEqual(before);
});

test("a deletion returns when the environment is gone", async () => {
  const stage = createStage();
  const kept = await created(stage, environment, dev);

  await removed(stage, environment, kept);

  expect(await refreshed(stage, environment, kept)).toBeUndefined();
});

test("a forced deletion says so to the server", async () => {
  const stage = createStage();
  const kept = await created(stage, environment, { ...dev, forceDelete: true });

  const calls = await callsDuring(stage, () => removed(stage, environment, kept));

  expect(calls).toMatchObject({ "EnvironmentService/DeleteEnvironment": 1, "EnvironmentService/GetEnvironment": 2 });
});

test("a change of forceDelete alone calls nothing", async () => {
  const stage = createStage();
  const kept = await created(stage, environment, dev);

  await updated(stage, environment, kept, { ...dev, forceDelete: true });

  expect(stage.emulator.calls()).not.toHaveProperty("EnvironmentService/UpdateEnvironment");
  expect(kept.state.inputs).toEqual({ ...dev, forceDelete: true });
});

test("a deletion that does not come to its end is an error, and the environment is kept", async () => {
  const stage = createStage();
  const kept = await created(stage, environment, { ...dev, name: "stuck-deleting" });

  await expect(removed(stage, environment, kept)).rejects.toThrow(
    /^Environment \S+ is not gone after 900 s\n {2}phases: .+ DELETING after \d s\n {2}It stays in the stack/,
  );
});
