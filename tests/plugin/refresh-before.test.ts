import { ids } from "../../emulator";
import { at, type JsonObject } from "../../provider/value/json";
import { gitpod, yaml } from "../../tools/engine/yaml";
import { callsOf, openScene, outcomeOf, type Scene, stateOf } from "../engine/scene";

const program = (name: string) =>
  yaml({ resources: { environment: gitpod("Environment", { name, spec: { machine: { class: ids.smallClass } } }) } });

test("what was seen on its way is read before the next run, and what rests is not", async () => {
  const scene = await openScene({ program: program("Demo"), pace: "manual" });
  const { engine, emulator } = scene;
  const leaveAlone = emulator.admin.onCall(() => void emulator.settle());
  await engine.up();
  const made = await stored(scene);
  leaveAlone();
  emulator.admin.stopEnvironment(made.id);

  await engine.refresh();
  const moving = await stored(scene);
  emulator.settle();
  callsOf(scene);
  const next = outcomeOf(await engine.up());
  const reads = callsOf(scene);
  const resting = await stored(scene);
  await engine.up();
  const last = callsOf(scene);

  const { id } = made;
  expect(made).toEqual({ id, phase: "ENVIRONMENT_PHASE_RUNNING", isReadFirst: false });
  expect(moving).toEqual({ id, phase: "ENVIRONMENT_PHASE_STOPPING", isReadFirst: true });
  expect(next).toEqual({ code: 0, complaints: [], operations: { environment: "same" } });
  expect(reads).toEqual({ "EnvironmentService/GetEnvironment": 1 });
  expect(resting).toEqual({ id, phase: "ENVIRONMENT_PHASE_STOPPED", isReadFirst: false });
  expect(last).toEqual({});
});

test("what has failed to come up is read before the next run, until it has", async () => {
  const scene = await openScene({ program: program("fail-start-once") });

  await scene.engine.up();
  const failed = await stored(scene);
  await scene.engine.up();
  const recovered = await stored(scene);

  const { id } = failed;
  expect(failed).toEqual({ id, phase: "ENVIRONMENT_PHASE_STOPPED", isReadFirst: true });
  expect(recovered).toEqual({ id, phase: "ENVIRONMENT_PHASE_RUNNING", isReadFirst: false });
});

/** What the state holds of the environment, and whether the engine reads it before anything else. */
async function stored(scene: Scene): Promise<{ id: string; phase: unknown; isReadFirst: boolean }> {
  const { environment } = await stateOf(scene);
  const { deployment } = await scene.engine.export();
  return {
    id: environment?.id ?? "",
    phase: at(environment?.outputs as JsonObject | undefined, ["status", "phase"]),
    isReadFirst: deployment.resources?.some(({ refreshBeforeUpdate }) => refreshBeforeUpdate) ?? false,
  };
}
