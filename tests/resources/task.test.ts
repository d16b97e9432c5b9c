import { environment, task } from "../../provider/resources";
import type { JsonObject } from "../../provider/value/json";
import { created, createScene, difference, ids, refreshed, removed, type Scene, updated } from "./scene";

async function inEnvironment(): Promise<{ scene: Scene; seed: (spec?: JsonObject) => JsonObject }> {
  const scene = createScene();
  const { id } = await created(scene, environment, { spec: { machine: { class: ids.smallClass } } });
  const seed = (spec: JsonObject = {}) => ({
    environmentId: id,
    metadata: { reference: "seed", name: "Seed" },
    spec: { command: "npm run seed", ...spec },
  });
  return { scene, seed };
}

test("a task is created, changed in place and deleted", async () => {
  const { scene, seed } = await inEnvironment();
  const kept = await created(scene, task, seed({ env: [{ name: "ROWS", value: "10" }] }));

  await updated(scene, task, kept, seed({ command: "npm run seed:all", env: [{ name: "ROWS", value: "20" }] }));
  const after = await refreshed(scene, task, kept);
  await removed(scene, task, kept);

  expect(after?.outputs).toMatchObject({ spec: { command: "npm run seed:all", env: [{ name: "ROWS", value: "20" }] } });
  expect(scene.emulator.admin.objects("tasks")).toEqual([]);
});

test("a place to run is changed from a container to the machine", async () => {
  const { scene, seed } = await inEnvironment();
  const kept = await created(scene, task, seed({ runsOn: { docker: { image: "node:24" } } }));

  await updated(scene, task, kept, seed({ runsOn: { machine: {} } }));
  await refreshed(scene, task, kept);

  expect(kept.state.inputs).toMatchObject({ spec: { runsOn: { machine: {} } } });
  expect(kept.state.outputs).toMatchObject({ spec: { runsOn: { machine: {} } } });
});

test("an emptied list replaces, because the update call reads it as untouched", async () => {
  const { scene, seed } = await inEnvironment();
  const kept = await created(scene, task, seed({ env: [{ name: "ROWS", value: "10" }] }));

  expect(difference(scene, task, kept, seed())).toMatchObject({ replaces: ["spec"], deleteBeforeReplace: true });
});

test("a task that depends on another names it by its id", async () => {
  const { scene, seed } = await inEnvironment();
  const first = await created(scene, task, seed());
  const second = { ...seed(), metadata: { reference: "test", name: "Test" }, dependsOn: [first.id] };

  const kept = await created(scene, task, second);

  expect(kept.state.outputs).toMatchObject({ dependsOn: [first.id] });
});
