import { createClient } from "@connectrpc/connect";
import { RunnerProvider } from "../../proto/gen/gitpod/v1/runner_configuration_pb";
import { RunnerPhase, RunnerService } from "../../proto/gen/gitpod/v1/runner_pb";
import { activeRunner } from "../../provider/resources";
import { callsDuring, created, createScene, difference, notReady, refreshed, removed, type Scene } from "./scene";

const runnersOf = ({ emulator }: Scene) => createClient(RunnerService, emulator.transport());

/** Registers a runner, which comes up once it is deployed, as the stack in its owner's cloud does. */
async function registered(scene: Scene, name: string) {
  const { runner, exchangeToken } = await runnersOf(scene).createRunner({ name, provider: RunnerProvider.LINUX_HOST });
  return { runnerId: runner?.runnerId ?? "", deploy: () => scene.emulator.admin.deployRunner(exchangeToken) };
}

/** Registers a runner that is deployed. */
async function deployed(scene: Scene, name: string): Promise<string> {
  const { runnerId, deploy } = await registered(scene, name);
  deploy();
  return runnerId;
}

test("a runner that comes up is waited for", async () => {
  const scene = createScene();
  const { runnerId, deploy } = await registered(scene, "north");
  let reads = 0;
  scene.emulator.admin.onCall((method) => {
    if (method === "RunnerService/GetRunner" && ++reads === 3) deploy();
  });

  const kept = await created(scene, activeRunner, { runnerId });

  expect(kept).toMatchObject({ id: runnerId, state: { outputs: { status: { phase: "RUNNER_PHASE_ACTIVE" } } } });
  expect(scene.told[0]).toBe("CREATED · 0:00");
});

test("a runner that is not deployed is waited for until the time is over, and then said to be where it is", async () => {
  const scene = createScene();
  const { runnerId } = await registered(scene, "north");

  const error = await notReady(created(scene, activeRunner, { runnerId }, { timeout: 90 }));

  expect(error.message).toContain(`ActiveRunner ${runnerId} did not reach ACTIVE within 90 s, it is CREATED`);
});

test("a degraded runner counts as up, and the row says what is wrong with it", async () => {
  const scene = createScene();
  const runnerId = await deployed(scene, "north fail");

  const kept = await created(scene, activeRunner, { runnerId });

  expect(kept.state.outputs).toMatchObject({ status: { phase: "RUNNER_PHASE_DEGRADED" } });
  expect(scene.told).toContain("warning: DEGRADED: the runner cannot reach its machines");
});

test("a runner that is being deleted fails at once", async () => {
  const scene = createScene();
  const runnerId = await deployed(scene, "north");
  scene.emulator.settle();
  scene.emulator.world.runners.rows.get(runnerId)!.remote.status.phase = RunnerPhase.DELETING;

  const error = await notReady(created(scene, activeRunner, { runnerId }));

  expect(error.message).toContain(`ActiveRunner ${runnerId} did not reach ACTIVE, it is DELETING`);
});

test("once it has been up, a phase that it comes to later is shown and not waited for", async () => {
  const scene = createScene();
  const runnerId = await deployed(scene, "north");
  const kept = await created(scene, activeRunner, { runnerId });
  scene.emulator.world.runners.rows.get(runnerId)!.remote.status.phase = RunnerPhase.INACTIVE;

  await refreshed(scene, activeRunner, kept);

  expect(kept.state.outputs).toMatchObject({ status: { phase: "RUNNER_PHASE_INACTIVE" } });
  expect(difference(scene, activeRunner, kept, { runnerId })).toMatchObject({ changes: [], unsettled: false });
});

test("it is gone with its runner, and its deletion makes no call", async () => {
  const scene = createScene();
  const runnerId = await deployed(scene, "north");
  const kept = await created(scene, activeRunner, { runnerId });

  const calls = await callsDuring(scene, () => removed(scene, activeRunner, kept));
  await runnersOf(scene).deleteRunner({ runnerId });
  scene.emulator.settle();

  expect(calls).toEqual({});
  expect(await refreshed(scene, activeRunner, kept)).toBeUndefined();
  await expect(created(scene, activeRunner, { runnerId })).rejects.toThrow(
    `could not take over ActiveRunner ${runnerId}: it does not exist, or the token may not see it: the runner has to be registered first`,
  );
});
