import { environment, service } from "../../provider/resources";
import type { JsonObject } from "../../provider/value/json";
import {
  callsDuring,
  created,
  createScene,
  difference,
  ids,
  type Kept,
  notReady,
  refreshed,
  removed,
  type Scene,
  updated,
} from "./scene";

const running = "SERVICE_PHASE_RUNNING";
const stopped = "SERVICE_PHASE_STOPPED";

async function inEnvironment(): Promise<{ scene: Scene; web: (spec?: JsonObject) => JsonObject }> {
  const scene = createScene();
  const { id } = await created(scene, environment, { spec: { machine: { class: ids.smallClass } } });
  const web = (spec: JsonObject = {}) => ({
    environmentId: id,
    metadata: { reference: "web", name: "Web" },
    spec: { commands: { start: "sleep infinity" }, ...spec },
  });
  return { scene, web };
}

const phases = (scene: Scene): unknown[] =>
  scene.emulator.admin.objects("services").map((object) => ((object as JsonObject).status as JsonObject).phase);

const callsTo = (scene: Scene, method: string): number =>
  scene.emulator.calls()[`EnvironmentAutomationService/${method}`] ?? 0;

test("a create returns when the service runs", async () => {
  const { scene, web } = await inEnvironment();
  const kept = await created(scene, service, web());

  expect(kept.state.outputs).toMatchObject({ metadata: { reference: "web" }, status: { phase: running } });
});

test("a service with a readiness command runs only when it is ready", async () => {
  const { scene, web } = await inEnvironment();
  const kept = await created(scene, service, web({ commands: { start: "sleep infinity", ready: "sleep 3" } }));

  expect(kept.state.outputs).toMatchObject({ status: { phase: running } });
  expect(scene.told.filter((line) => line.startsWith("STARTING"))).not.toEqual([]);
});

test("a stated phase is reached both ways", async () => {
  const { scene, web } = await inEnvironment();
  const kept = await created(scene, service, web({ desiredPhase: "STOPPED" }));
  const atFirst = phases(scene);

  await updated(scene, service, kept, web({ desiredPhase: "RUNNING" }));
  const then = phases(scene);
  await updated(scene, service, kept, web({ desiredPhase: "STOPPED" }));

  expect([atFirst, then, phases(scene)]).toEqual([[stopped], [running], [stopped]]);
});

test("a service that fails to start keeps its id in state", async () => {
  const { scene, web } = await inEnvironment();

  const failure = await notReady(created(scene, service, web({ commands: { start: "exit 3" } })));

  expect(failure.message).toMatch(
    /^Service \S+ did not reach RUNNING, it is FAILED: the start command exited with code 3\n {2}phases: STOPPED /,
  );
  expect(failure.state.outputs).toMatchObject({ status: { phase: "SERVICE_PHASE_FAILED" } });
  expect(scene.emulator.admin.objects("services")).toMatchObject([{ id: failure.id }]);
});

test("a failed service whose command is mended runs after the next update", async () => {
  const { scene, web } = await inEnvironment();
  const failure = await notReady(created(scene, service, web({ commands: { start: "exit 3" } })));
  const kept: Kept = { id: failure.id, state: failure.state };

  await updated(scene, service, kept, web());

  expect(kept.state.outputs).toMatchObject({
    spec: { commands: { start: "sleep infinity" } },
    status: { phase: running },
  });
});

test("a service that ends at once has not reached what was asked for", async () => {
  const { scene, web } = await inEnvironment();

  const failure = await notReady(created(scene, service, web({ commands: { start: "true" } })));

  expect(failure.message).toMatch(/did not reach RUNNING, it is STOPPED: the server gives no reason/);
});

test("a service that changes its commands is stopped, changed and running again", async () => {
  const { scene, web } = await inEnvironment();
  const kept = await created(scene, service, web());
  const before = callsTo(scene, "StartService");

  await updated(scene, service, kept, web({ commands: { start: "sleep infinity; echo 2" } }));

  expect(kept.state).toMatchObject({
    outputs: { spec: { commands: { start: "sleep infinity; echo 2" } }, status: { phase: running } },
    seen: { ready: true },
  });
  expect(kept.state.seen).not.toHaveProperty("wasIn");
  expect([callsTo(scene, "StopService"), callsTo(scene, "StartService") - before]).toEqual([1, 1]);
});

test("a service that was stopped stays stopped when it changes", async () => {
  const { scene, web } = await inEnvironment();
  const kept = await created(scene, service, web());
  scene.emulator.admin.patch("services", kept.id, { status: { phase: stopped }, spec: { desiredPhase: stopped } });

  await updated(scene, service, kept, web({ commands: { start: "sleep infinity; echo 2" } }));

  expect(phases(scene)).toEqual([stopped]);
});

test("a name changes while the service runs", async () => {
  const { scene, web } = await inEnvironment();
  const kept = await created(scene, service, web());

  await updated(scene, service, kept, { ...web(), metadata: { reference: "web", name: "Shop" } });

  expect(kept.state.outputs).toMatchObject({ metadata: { name: "Shop" }, status: { phase: running } });
  expect(callsTo(scene, "StopService")).toBe(0);
});

test("a failure between stop and start is resumed by the next update", async () => {
  const { scene, web } = await inEnvironment();
  const kept = await created(scene, service, web());
  const changed = web({ commands: { start: "sleep infinity; echo 2" } });
  scene.emulator.admin.fault({
    method: "EnvironmentAutomationService/UpdateService",
    refuse: { code: "internal", message: "out of order" },
  });

  const failure = await notReady(updated(scene, service, kept, changed));
  kept.state = failure.state;
  const interrupted = phases(scene);
  await updated(scene, service, kept, changed);

  expect(interrupted).toEqual([stopped]);
  expect(failure.state).toMatchObject({ inputs: web(), seen: { wasIn: running } });
  expect(kept.state.outputs).toMatchObject({
    spec: { commands: { start: "sleep infinity; echo 2" } },
    status: { phase: running },
  });
});

test("an update that ran out of time counts as written: the next one waits, and writes and starts nothing", async () => {
  const { scene, web } = await inEnvironment();
  const kept = await created(scene, service, web());
  const changed = web({ commands: { start: "sleep infinity; echo 2", ready: "false" } });

  const failure = await notReady(updated(scene, service, kept, changed));
  kept.state = failure.state;
  scene.emulator.admin.patch("services", kept.id, { status: { phase: running } });
  const drift = difference(scene, service, kept, changed);
  const calls = await callsDuring(scene, () => updated(scene, service, kept, changed));

  expect(failure.message).toMatch(/did not reach RUNNING within 600 s, it is STARTING\n/);
  expect(failure.state).toMatchObject({ inputs: changed, seen: { wasIn: running, unfinished: true } });
  expect(drift).toMatchObject({ changes: [], unsettled: true });
  expect(calls).toEqual({ "EnvironmentAutomationService/GetService": 1 });
  expect(kept.state).toEqual({
    inputs: changed,
    outputs: expect.objectContaining({ status: expect.objectContaining({ phase: running }) }),
    seen: { organizationId: expect.any(String), subjectId: expect.any(String), ready: true },
  });
});

test("a changed reference replaces, and the same reference waits for the deletion", async () => {
  const { scene, web } = await inEnvironment();
  const kept = await created(scene, service, web());

  expect(difference(scene, service, kept, { ...web(), metadata: { reference: "api", name: "Web" } })).toMatchObject({
    replaces: ["metadata"],
    deleteBeforeReplace: false,
  });
  expect(difference(scene, service, kept, web({ session: "2" }))).toMatchObject({
    replaces: ["spec"],
    deleteBeforeReplace: true,
  });
});

test("a service that stopped although it shall run is started again", async () => {
  const { scene, web } = await inEnvironment();
  const kept = await created(scene, service, web({ desiredPhase: "RUNNING" }));
  scene.emulator.admin.patch("services", kept.id, { status: { phase: stopped } });

  await refreshed(scene, service, kept);
  const drift = difference(scene, service, kept, web({ desiredPhase: "RUNNING" }));
  await updated(scene, service, kept, web({ desiredPhase: "RUNNING" }));

  expect(drift.unsettled).toBe(true);
  expect(phases(scene)).toEqual([running]);
});

test("a deletion stops the service and waits until it is gone", async () => {
  const { scene, web } = await inEnvironment();
  const kept = await created(scene, service, web());

  await removed(scene, service, kept);

  expect(await refreshed(scene, service, kept)).toBeUndefined();
});

test("removed triggers are cleared with an empty list", async () => {
  const { scene, web } = await inEnvironment();
  const triggered = {
    ...web(),
    metadata: { reference: "web", name: "Web", triggeredBy: [{ postEnvironmentStart: true }] },
  };
  const kept = await created(scene, service, triggered);

  await updated(scene, service, kept, web());

  expect((kept.state.outputs.metadata as JsonObject).triggeredBy).toBeUndefined();
});
