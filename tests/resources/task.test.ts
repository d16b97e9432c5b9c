import { environment, task } from "../../provider/resources";
import type { JsonObject } from "../../provider/value/json";
import { created, createStage, difference, ids, refreshed, removed, type Stage, updated } from "./stage";

async function inEnvironment(): Promise<{ stage: Stage; seed: (spec?: JsonObject) => JsonObject }> {
  const stage = createStage();
  const { id } = await created(stage, environment, { spec: { machine: { class: ids.smallClass } } });
  const seed = (spec: JsonObject = {}) => ({
    environmentId: id,
    metadata: { reference: "seed", name: "Seed" },
    spec: { command: "npm run seed", ...spec },
  });
  return { stage, seed };
}

test("a task is created, changed in place and deleted", async () => {
  const { stage, seed } = await inEnvironment();
  const kept = await created(stage, task, seed({ env: [{ name: "ROWS", value: "10" }] }));

  await updated(stage, task, kept, seed({ command: "npm run seed:all", env: [{ name: "ROWS", value: "20" }] }));
  const after = await refreshed(stage, task, kept);
  await removed(stage, task, kept);

  expect(after?.outputs).toMatchObject({ spec: { command: "npm run seed:all", env: [{ name: "ROWS", value: "20" }] } });
  expect(stage.emulator.admin.objects("tasks")).toEqual([]);
});

test("a place to run is changed from a container to the machine", async () => {
  const { stage, seed } = await inEnvironment();
  const kept = await created(stage, task, seed({ runsOn: { docker: { image: "node:24" } } }));

  await updated(stage, task, kept, seed({ runsOn: { machine: {} } }));
  await refreshed(stage, task, kept);

  expect(kept.state.inputs).toMatchObject({ spec: { runsOn: { machine: {} } } });
  expect(kept.state.outputs).toMatchObject({ spec: { runsOn: { machine: {} } } });
});

test("an emptied list replaces, because the update call reads it as untouched", async () => {
  const { stage, seed } = await inEnvironment();
  const kept = await created(stage, task, seed({ env: [{ name: "ROWS", value: "10" }] }));

  expect(difference(stage, task, kept, seed())).toMatchObject({ replaces: ["spec"], deleteBeforeReplace: true });
});

test("a task that depends on another names it by its id", async () => {
  const { stage, seed } = await inEnvironment();
  const first = await created(stage, task, seed());
  const second = { ...seed(), metadata: { reference: "test", name: "Test" }, dependsOn: [first.id] };

  const kept = await created(stage, task, second);

  expect(kept.state.outputs).toMatchObject({ dependsOn: [first.id] });
});
