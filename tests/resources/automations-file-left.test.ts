import { create } from "../../provider/lifecycle/create";
import { hold } from "../../provider/model/run-memory";
import { automationsFile } from "../../provider/resources";
import { both, has, inEnvironment, lint, madeBy, seed, web } from "./automations-place";
import { created, notReady, removed, updated } from "./scene";

test("what a killed run has left is taken by the next one, unless it was changed since", async () => {
  const place = await inEnvironment();
  await created(place.scene, automationsFile, place.file());
  const before = has(place);
  place.scene.restart();

  const kept = await created(place.scene, automationsFile, place.file({ ...both, tasks: { seed, lint } }));
  place.scene.emulator.admin.patch("tasks", before.Seed ?? "", { spec: { command: "npm run other" } });
  place.scene.restart();
  const again = created(place.scene, automationsFile, place.file());

  await expect(again).rejects.toThrow(/already has this, .*Task seed/);
  expect(madeBy(kept)).toEqual({ web: before.Web, seed: before.Seed, lint: has(place).Lint });
});

test("what a create has taken from an older entry of the state lives on when that one is deleted in the same run", async () => {
  const place = await inEnvironment();
  const old = await created(place.scene, automationsFile, place.file());
  place.scene.restart();

  const renamed = await created(place.scene, automationsFile, place.file());
  await removed(place.scene, automationsFile, old);

  expect(has(place)).toEqual({ Web: madeBy(renamed).web, Seed: madeBy(renamed).seed });
});

test("a create whose answer is lost keeps what it has made", async () => {
  const place = await inEnvironment();
  place.scene.emulator.admin.fault({ method: "EnvironmentAutomationService/UpsertAutomationsFile", lost: "after" });

  const kept = await created(place.scene, automationsFile, place.file());

  expect(madeBy(kept)).toEqual({ web: has(place).Web, seed: has(place).Seed });
});

test("a file that is taken in half keeps what it has made, and the next one goes on from there", async () => {
  const place = await inEnvironment();
  const wrong = { services: { web }, tasks: { seed: { ...seed, dependsOn: ["nobody"] } } };

  // The check would tell; a server may have reasons of its own.
  const error = await notReady(create(automationsFile, place.scene.operation(), place.file(wrong)));
  const half = has(place);
  const kept = { id: error.id, state: error.state };
  await updated(
    place.scene,
    automationsFile,
    kept,
    place.file({ services: { web: { ...web, name: "Site" } }, tasks: { seed } }),
  );

  expect(error.message).toMatch(/nobody is not in this environment/);
  expect(madeBy({ id: error.id, state: error.state })).toEqual({ web: half.Web, seed: half.Seed });
  expect(has(place)).toEqual({ Site: half.Web, Seed: half.Seed });
});

test("a file that is refused as a whole leaves nothing", async () => {
  const place = await inEnvironment();
  const method = "EnvironmentAutomationService/UpsertAutomationsFile";
  place.scene.emulator.admin.fault({ method, refuse: { code: "permission_denied", message: "no" } });

  const error = await created(place.scene, automationsFile, place.file()).catch((thrown: unknown) => thrown);

  expect(String(error)).toMatch(/could not create AutomationsFile: no/);
  expect(error).not.toHaveProperty("state");
  expect(has(place)).toEqual({});
});

test("a deletion that fails half-way keeps what is left, and the next update deletes it", async () => {
  const place = await inEnvironment();
  const kept = await created(place.scene, automationsFile, place.file({ services: { web }, tasks: { seed, lint } }));
  const method = "EnvironmentAutomationService/DeleteService";
  place.scene.emulator.admin.fault({ method, refuse: { code: "internal", message: "broken" } });

  const error = await notReady(updated(place.scene, automationsFile, kept, place.file({ tasks: { lint } })));
  const left = madeBy({ id: error.id, state: error.state });
  const next = { id: error.id, state: error.state };
  await updated(place.scene, automationsFile, next, place.file({ tasks: { lint } }));

  expect(Object.keys(left).sort()).toEqual(["lint", "web"]);
  expect(Object.keys(has(place))).toEqual(["Lint"]);
  expect(Object.keys(madeBy(next))).toEqual(["lint"]);
});

test("lists that lag behind the write make nothing missing", async () => {
  const place = await inEnvironment();
  place.scene.emulator.admin.lag(3);

  const kept = await created(place.scene, automationsFile, place.file());
  place.scene.emulator.admin.lag(0);

  expect(madeBy(kept)).toEqual({ web: has(place).Web, seed: has(place).Seed });
});

test("an update that takes over what its killed run has left deletes what the file no longer names", async () => {
  const place = await inEnvironment();
  const kept = await created(place.scene, automationsFile, place.file({ services: { web }, tasks: { lint } }));
  const method = "EnvironmentAutomationService/UpsertAutomationsFile";
  const next = place.file({ services: { web }, tasks: { seed } });
  const stop = place.scene.emulator.admin.onCall((called, moment) => {
    if (called === method && moment === "after")
      place.scene.emulator.admin.fault({ method: "*", lost: "before", times: 99 });
  });
  await notReady(updated(place.scene, automationsFile, { ...kept }, next));
  stop();
  place.scene.emulator.admin.clearFaults();
  place.scene.restart();
  hold(
    place.scene.operation(),
    automationsFile,
    automationsFile.composed.membersOf(kept.id, kept.state.outputs),
    kept.state,
  );

  await updated(place.scene, automationsFile, kept, next);

  expect(Object.keys(has(place)).sort()).toEqual(["Seed", "Web"]);
});
