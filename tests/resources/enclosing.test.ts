import { environment, service, task, taskExecution } from "../../provider/resources";
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
const dev = { spec: { machine: { class: ids.smallClass }, desiredPhase: "RUNNING" } };

interface Stopped {
  readonly scene: Scene;
  readonly home: Kept;
  readonly web: Kept;
  readonly inputs: JsonObject;
}

/** An environment with a service that shall run, which has stopped for inactivity. */
async function stoppedEnvironment(): Promise<Stopped> {
  const scene = createScene();
  const home = await created(scene, environment, dev);
  const inputs = webIn(home);
  const web = await created(scene, service, inputs);
  scene.emulator.admin.stopEnvironment(home.id);
  scene.emulator.settle();
  return { scene, home, web, inputs };
}

const webIn = ({ id }: Kept, more: JsonObject = {}): JsonObject => ({
  environmentId: id,
  metadata: { reference: "web", name: "Web" },
  spec: { commands: { start: "sleep infinity" }, desiredPhase: running, ...more },
});

test("while an environment rests, the phases of its services are no drift", async () => {
  const { scene, web, inputs } = await stoppedEnvironment();

  await refreshed(scene, service, web);

  expect(web.state.outputs).toMatchObject({ status: { phase: "SERVICE_PHASE_STOPPED" } });
  expect(difference(scene, service, web, inputs)).toMatchObject({ changes: [], unsettled: false });
});

test("a service that shall rest with its environment is not stopped again, and costs no time", async () => {
  const scene = createScene();
  const home = await created(scene, environment, dev);
  const web = await created(scene, service, webIn(home));
  await updated(scene, environment, home, { spec: { ...dev.spec, desiredPhase: "STOPPED" } });
  scene.emulator.settle();
  const { clock } = scene.operation();
  const began = clock.now();

  const calls = await callsDuring(scene, () =>
    updated(scene, service, web, webIn(home, { desiredPhase: "SERVICE_PHASE_STOPPED" })),
  );

  expect(calls).toEqual({
    "EnvironmentAutomationService/GetService": 1,
    "EnvironmentService/GetEnvironment": 1,
  });
  expect(clock.now() - began).toBe(0);
  expect(web.state.outputs).toMatchObject({ status: { phase: "SERVICE_PHASE_STOPPED" } });
});

test("when the environment is started again, its services are as well", async () => {
  const { scene, home, web, inputs } = await stoppedEnvironment();
  await refreshed(scene, environment, home);
  await refreshed(scene, service, web);

  await updated(scene, environment, home, dev);
  const drift = difference(scene, service, web, inputs);
  await updated(scene, service, web, inputs);

  expect(drift.unsettled).toBe(true);
  expect(web.state.outputs).toMatchObject({ status: { phase: running } });
  expect(web.state.seen).not.toHaveProperty("hostRests");
});

test("a change of a service in an environment at rest is made, and starts nothing", async () => {
  const { scene, web, inputs } = await stoppedEnvironment();
  await refreshed(scene, service, web);

  const renamed = { ...inputs, metadata: { reference: "web", name: "Shop" } };
  await updated(scene, service, web, renamed);

  expect(web.state.outputs).toMatchObject({ metadata: { name: "Shop" }, status: { phase: "SERVICE_PHASE_STOPPED" } });
  expect(difference(scene, service, web, renamed)).toMatchObject({ changes: [], unsettled: false });
});

test("what needs a stopped environment to run fails at once and says why", async () => {
  const { scene, home } = await stoppedEnvironment();
  const api = {
    environmentId: home.id,
    metadata: { reference: "api", name: "Api" },
    spec: { commands: { start: "sleep infinity" } },
  };

  const failure = await notReady(created(scene, service, api));

  expect(failure.message).toContain(
    `environment ${home.id} is stopped (the environment was not used for 30 minutes); start it first`,
  );
});

test("a deletion does not wait for an environment that does not run", async () => {
  const { scene, web } = await stoppedEnvironment();

  await expect(removed(scene, service, web)).resolves.toBeUndefined();
});

test("an execution that an environment at rest has stopped is no drift once it has succeeded", async () => {
  const scene = createScene();
  const home = await created(scene, environment, dev);
  const seed = await created(scene, task, {
    environmentId: home.id,
    metadata: { reference: "seed", name: "Seed" },
    spec: { command: "true" },
  });
  const run = await created(scene, taskExecution, { taskId: seed.id });
  scene.emulator.admin.stopEnvironment(home.id);
  scene.emulator.settle();

  await refreshed(scene, taskExecution, run);

  expect(difference(scene, taskExecution, run, { taskId: seed.id })).toMatchObject({
    changes: [],
    replaces: [],
    unsettled: false,
  });
});
