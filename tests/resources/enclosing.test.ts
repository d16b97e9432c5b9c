import { environment, service, task, taskExecution } from "../../provider/resources";
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
const dev = { spec: { machine: { class: ids.smallClass }, desiredPhase: "RUNNING" } };

interface Scene {
  readonly stage: Stage;
  readonly home: Kept;
  readonly web: Kept;
  readonly inputs: JsonObject;
}

/** An environment with a service that shall run, which has stopped for inactivity. */
async function stoppedEnvironment(): Promise<Scene> {
  const stage = createStage();
  const home = await created(stage, environment, dev);
  const inputs = webIn(home);
  const web = await created(stage, service, inputs);
  stage.emulator.admin.stopEnvironment(home.id);
  stage.emulator.settle();
  return { stage, home, web, inputs };
}

const webIn = ({ id }: Kept, more: JsonObject = {}): JsonObject => ({
  environmentId: id,
  metadata: { reference: "web", name: "Web" },
  spec: { commands: { start: "sleep infinity" }, desiredPhase: running, ...more },
});

test("while an environment rests, the phases of its services are no drift", async () => {
  const { stage, web, inputs } = await stoppedEnvironment();

  await refreshed(stage, service, web);

  expect(web.state.outputs).toMatchObject({ status: { phase: "SERVICE_PHASE_STOPPED" } });
  expect(difference(stage, service, web, inputs)).toMatchObject({ changes: [], unsettled: false });
});

test("a service that shall rest with its environment is not stopped again, and costs no time", async () => {
  const stage = createStage();
  const home = await created(stage, environment, dev);
  const web = await created(stage, service, webIn(home));
  await updated(stage, environment, home, { spec: { ...dev.spec, desiredPhase: "STOPPED" } });
  stage.emulator.settle();
  const { clock } = stage.operation();
  const began = clock.now();

  const calls = await callsDuring(stage, () =>
    updated(stage, service, web, webIn(home, { desiredPhase: "SERVICE_PHASE_STOPPED" })),
  );

  expect(calls).toEqual({
    "EnvironmentAutomationService/GetService": 1,
    "EnvironmentService/GetEnvironment": 1,
  });
  expect(clock.now() - began).toBe(0);
  expect(web.state.outputs).toMatchObject({ status: { phase: "SERVICE_PHASE_STOPPED" } });
});

test("when the environment is started again, its services are as well", async () => {
  const { stage, home, web, inputs } = await stoppedEnvironment();
  await refreshed(stage, environment, home);
  await refreshed(stage, service, web);

  await updated(stage, environment, home, dev);
  const drift = difference(stage, service, web, inputs);
  await updated(stage, service, web, inputs);

  expect(drift.unsettled).toBe(true);
  expect(web.state.outputs).toMatchObject({ status: { phase: running } });
  expect(web.state.seen).not.toHaveProperty("hostRests");
});

test("a change of a service in an environment at rest is made, and starts nothing", async () => {
  const { stage, web, inputs } = await stoppedEnvironment();
  await refreshed(stage, service, web);

  const renamed = { ...inputs, metadata: { reference: "web", name: "Shop" } };
  await updated(stage, service, web, renamed);

  expect(web.state.outputs).toMatchObject({ metadata: { name: "Shop" }, status: { phase: "SERVICE_PHASE_STOPPED" } });
  expect(difference(stage, service, web, renamed)).toMatchObject({ changes: [], unsettled: false });
});

test("what needs a stopped environment to run fails at once and says why", async () => {
  const { stage, home } = await stoppedEnvironment();
  const api = {
    environmentId: home.id,
    metadata: { reference: "api", name: "Api" },
    spec: { commands: { start: "sleep infinity" } },
  };

  const failure = await notReady(created(stage, service, api));

  expect(failure.message).toContain(
    `environment ${home.id} is stopped (the environment was not used for 30 minutes); start it first`,
  );
});

test("a deletion does not wait for an environment that does not run", async () => {
  const { stage, web } = await stoppedEnvironment();

  await expect(removed(stage, service, web)).resolves.toBeUndefined();
});

test("an execution that an environment at rest has stopped is no drift once it has succeeded", async () => {
  const stage = createStage();
  const home = await created(stage, environment, dev);
  const seed = await created(stage, task, {
    environmentId: home.id,
    metadata: { reference: "seed", name: "Seed" },
    spec: { command: "true" },
  });
  const run = await created(stage, taskExecution, { taskId: seed.id });
  stage.emulator.admin.stopEnvironment(home.id);
  stage.emulator.settle();

  await refreshed(stage, taskExecution, run);

  expect(difference(stage, taskExecution, run, { taskId: seed.id })).toMatchObject({
    changes: [],
    replaces: [],
    unsettled: false,
  });
});
