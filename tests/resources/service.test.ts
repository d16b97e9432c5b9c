import { environment, service } from "../../provider/resources";
import type { JsonObject } from "../../provider/value/json";
import {
  callsDuring,
  created,
  createStage,
  difference,
  ids,
  type Kept,
  notReady,
  refreshed,
  removed,
  type Stage,
  updated,
} from "./stage";

const running = "SERVICE_PHASE_RUNNING";
const stopped = "SERVICE_PHASE_STOPPED";

async function inEnvironment(): Promise<{ stage: Stage; web: (spec?: JsonObject) => JsonObject }> {
  const stage = createStage();
  const { id } = await created(stage, environment, { spec: { machine: { class: ids.smallClass } } });
  const web = (spec: JsonObject = {}) => ({
    environmentId: id,
    metadata: { reference: "web", name: "Web" },
    spec: { commands: { start: "sleep infinity" }, ...spec },
  });
  return { stage, web };
}

const phases = (stage: Stage): unknown[] =>
  stage.emulator.admin.objects("services").map((object) => ((object as JsonObject).status as JsonObject).phase);

const callsTo = (stage: Stage, method: string): number =>
  stage.emulator.calls()[`EnvironmentAutomationService/${method}`] ?? 0;

test("a create returns when the service runs", async () => {
  const { stage, web } = await inEnvironment();
  const kept = await created(stage, service, web());

  expect(kept.state.outputs).toMatchObject({ metadata: { reference: "web" }, status: { phase: running } });
});

test("a service with a readiness command runs only when it is ready", async () => {
  const { stage, web } = await inEnvironment();
  const kept = await created(stage, service, web({ commands: { start: "sleep infinity", ready: "sleep 3" } }));

  expect(kept.state.outputs).toMatchObject({ status: { phase: running } });
  expect(stage.told.filter((line) => line.startsWith("STARTING"))).not.toEqual([]);
});

test("a stated phase is reached both ways", async () => {
  const { stage, web } = await inEnvironment();
  const kept = await created(stage, service, web({ desiredPhase: "STOPPED" }));
  const atFirst = phases(stage);

  await updated(stage, service, kept, web({ desiredPhase: "RUNNING" }));
  const then = phases(stage);
  await updated(stage, service, kept, web({ desiredPhase: "STOPPED" }));

  expect([atFirst, then, phases(stage)]).toEqual([[stopped], [running], [stopped]]);
});

test("a service that fails to start keeps its id in state", async () => {
  const { stage, web } = await inEnvironment();

  const failure = await notReady(created(stage, service, web({ commands: { start: "exit 3" } })));

  expect(failure.message).toMatch(
    /^Service \S+ did not reach RUNNING, it is FAILED: the start command exited with code 3\n {2}phases: STOPPED /,
  );
  expect(failure.state.outputs).toMatchObject({ status: { phase: "SERVICE_PHASE_FAILED" } });
  expect(stage.emulator.admin.objects("services")).toMatchObject([{ id: failure.id }]);
});

test("a failed service whose command is mended runs after the next update", async () => {
  const { stage, web } = await inEnvironment();
  const failure = await notReady(created(stage, service, web({ commands: { start: "exit 3" } })));
  const kept: Kept = { id: failure.id, state: failure.state };

  await updated(stage, service, kept, web());

  expect(kept.state.outputs).toMatchObject({
    spec: { commands: { start: "sleep infinity" } },
    status: { phase: running },
  });
});

test("a service that ends at once has not reached what was asked for", async () => {
  const { stage, web } = await inEnvironment();

  const failure = await notReady(created(stage, service, web({ commands: { start: "true" } })));

  expect(failure.message).toMatch(/did not reach RUNNING, it is STOPPED: the server gives no reason/);
});

test("a service that changes its commands is stopped, changed and running again", async () => {
  const { stage, web } = await inEnvironment();
  const kept = await created(stage, service, web());
  const before = callsTo(stage, "StartService");

  await updated(stage, service, kept, web({ commands: { start: "sleep infinity; echo 2" } }));

  expect(kept.state).toMatchObject({
    outputs: { spec: { commands: { start: "sleep infinity; echo 2" } }, status: { phase: running } },
    seen: { ready: true },
  });
  expect(kept.state.seen).not.toHaveProperty("wasIn");
  expect([callsTo(stage, "StopService"), callsTo(stage, "StartService") - before]).toEqual([1, 1]);
});

test("a service that was stopped stays stopped when it changes", async () => {
  const { stage, web } = await inEnvironment();
  const kept = await created(stage, service, web());
  stage.emulator.admin.patch("services", kept.id, { status: { phase: stopped }, spec: { desiredPhase: stopped } });

  await updated(stage, service, kept, web({ commands: { start: "sleep infinity; echo 2" } }));

  expect(phases(stage)).toEqual([stopped]);
});

test("a name changes while the service runs", async () => {
  const { stage, web } = await inEnvironment();
  const kept = await created(stage, service, web());

  await updated(stage, service, kept, { ...web(), metadata: { reference: "web", name: "Shop" } });

  expect(kept.state.outputs).toMatchObject({ metadata: { name: "Shop" }, status: { phase: running } });
  expect(callsTo(stage, "StopService")).toBe(0);
});

test("a failure between stop and start is resumed by the next update", async () => {
  const { stage, web } = await inEnvironment();
  const kept = await created(stage, service, web());
  const changed = web({ commands: { start: "sleep infinity; echo 2" } });
  stage.emulator.admin.fault({
    method: "EnvironmentAutomationService/UpdateService",
    refuse: { code: "internal", message: "out of order" },
  });

  const failure = await notReady(updated(stage, service, kept, changed));
  kept.state = failure.state;
  const interrupted = phases(stage);
  await updated(stage, service, kept, changed);

  expect(interrupted).toEqual([stopped]);
  expect(failure.state).toMatchObject({ inputs: web(), seen: { wasIn: running } });
  expect(kept.state.outputs).toMatchObject({
    spec: { commands: { start: "sleep infinity; echo 2" } },
    status: { phase: running },
  });
});

test("an update that ran out of time counts as written: the next one waits, and writes and starts nothing", async () => {
  const { stage, web } = await inEnvironment();
  const kept = await created(stage, service, web());
  const changed = web({ commands: { start: "sleep infinity; echo 2", ready: "false" } });

  const failure = await notReady(updated(stage, service, kept, changed));
  kept.state = failure.state;
  stage.emulator.admin.patch("services", kept.id, { status: { phase: running } });
  const drift = difference(stage, service, kept, changed);
  const calls = await callsDuring(stage, () => updated(stage, service, kept, changed));

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
  const { stage, web } = await inEnvironment();
  const kept = await created(stage, service, web());

  expect(difference(stage, service, kept, { ...web(), metadata: { reference: "api", name: "Web" } })).toMatchObject({
    replaces: ["metadata"],
    deleteBeforeReplace: false,
  });
  expect(difference(stage, service, kept, web({ session: "2" }))).toMatchObject({
    replaces: ["spec"],
    deleteBeforeReplace: true,
  });
});

test("a service that stopped although it shall run is started again", async () => {
  const { stage, web } = await inEnvironment();
  const kept = await created(stage, service, web({ desiredPhase: "RUNNING" }));
  stage.emulator.admin.patch("services", kept.id, { status: { phase: stopped } });

  await refreshed(stage, service, kept);
  const drift = difference(stage, service, kept, web({ desiredPhase: "RUNNING" }));
  await updated(stage, service, kept, web({ desiredPhase: "RUNNING" }));

  expect(drift.unsettled).toBe(true);
  expect(phases(stage)).toEqual([running]);
});

test("a deletion stops the service and waits until it is gone", async () => {
  const { stage, web } = await inEnvironment();
  const kept = await created(stage, service, web());

  await removed(stage, service, kept);

  expect(await refreshed(stage, service, kept)).toBeUndefined();
});

test("removed triggers are cleared with an empty list", async () => {
  const { stage, web } = await inEnvironment();
  const triggered = {
    ...web(),
    metadata: { reference: "web", name: "Web", triggeredBy: [{ postEnvironmentStart: true }] },
  };
  const kept = await created(stage, service, triggered);

  await updated(stage, service, kept, web());

  expect((kept.state.outputs.metadata as JsonObject).triggeredBy).toBeUndefined();
});
