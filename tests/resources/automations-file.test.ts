import { EnvironmentAutomationService } from "../../proto/gen/gitpod/v1/environment_automation_pb";
import { createClient } from "../../provider/client/client";
import { read } from "../../provider/lifecycle/read";
import { automationsFile, environment, service, task } from "../../provider/resources";
import { both, fromRepository, has, inEnvironment, lint, madeBy, seed, web } from "./automations-place";
import { callsDuring, created, difference, type Kept, notReady, refreshed, removed, updated } from "./scene";

test("a file is created with one call, and tells the ids of what it has made by reference", async () => {
  const place = await inEnvironment();
  let kept: Kept | undefined;

  const calls = await callsDuring(place.scene, async () => {
    kept = await created(place.scene, automationsFile, place.file());
  });

  const { Web, Seed } = has(place);
  expect(kept?.id).toBe(place.id);
  expect(kept?.state.outputs).toEqual({
    environmentId: place.id,
    automations: both,
    services: { web: Web },
    tasks: { seed: Seed },
  });
  expect(calls["EnvironmentAutomationService/UpsertAutomationsFile"]).toBe(1);
});

test("what is changed in the file is changed in place, and what is not named any more is deleted", async () => {
  const place = await inEnvironment();
  const kept = await created(place.scene, automationsFile, place.file());
  const before = has(place);

  await updated(
    place.scene,
    automationsFile,
    kept,
    place.file({ services: { web: { ...web, name: "Site" } }, tasks: { lint } }),
  );

  expect(has(place)).toEqual({ Site: before.Web, Lint: expect.any(String) });
  expect(madeBy(kept)).toEqual({ web: before.Web, lint: has(place).Lint });
});

test("a service that runs is stopped and deleted, and nothing else is touched", async () => {
  const place = await inEnvironment();
  await fromRepository(place, { services: { theirs: { ...web, name: "Theirs" } }, tasks: { other: lint } });
  const kept = await created(place.scene, automationsFile, place.file());
  const { Web, ...theirs } = has(place);
  await place.scene.operation().client.call(EnvironmentAutomationService.method.startService, { id: String(Web) });
  const { Seed: _, ...others } = theirs;

  await removed(place.scene, automationsFile, kept);

  expect(has(place)).toEqual(others);
});

test("the same content is no difference, in whatever form and spelling it is stated", async () => {
  const place = await inEnvironment();
  const kept = await created(
    place.scene,
    automationsFile,
    place.file({ services: { web: { ...web, readinessTimeout: "90s" } } }),
  );
  const yaml =
    "# the site\nservices:\n  web: {name: Web, readinessTimeout: 1m30s, commands: {start: sleep infinity}}\n";

  const { changes } = difference(place.scene, automationsFile, kept, { environmentId: place.id, yaml });

  expect(changes).toEqual([]);
});

test("what somebody changed or deleted is shown path by path, and is back after the next update", async () => {
  const place = await inEnvironment();
  const kept = await created(place.scene, automationsFile, place.file());
  const { Web = "", Seed = "" } = has(place);
  place.scene.emulator.admin.patch("services", Web, { spec: { commands: { start: "npm run other" } } });
  place.scene.emulator.admin.remove("tasks", Seed);

  await refreshed(place.scene, automationsFile, kept);
  const { changes } = difference(place.scene, automationsFile, kept, place.file());
  await updated(place.scene, automationsFile, kept, place.file());
  const after = await refreshed(place.scene, automationsFile, kept);

  expect(changes.map(({ path, kind }) => `${kind} ${path.join(".")}`)).toEqual([
    "update automations.services.web.commands.start",
    "add automations.tasks.seed",
  ]);
  expect(after?.inputs).toEqual(place.file());
  expect(has(place)).toEqual({ Web, Seed: expect.not.stringContaining(Seed) });
});

test("an untouched file is read without a difference, without a call that writes", async () => {
  const place = await inEnvironment();
  const kept = await created(place.scene, automationsFile, place.file());
  const before = structuredClone(kept.state);

  const calls = await callsDuring(place.scene, () => refreshed(place.scene, automationsFile, kept));

  expect(kept.state).toEqual(before);
  expect(Object.keys(calls).filter((method) => !/\/(Get|List)/.test(method))).toEqual([]);
});

test("references that something else has are refused all at once, and nothing is written", async () => {
  const place = await inEnvironment();
  await fromRepository(place, { services: { web: { ...web, name: "Theirs" } }, tasks: { seed: lint } });
  const before = has(place);

  const calls = await callsDuring(place.scene, () =>
    expect(created(place.scene, automationsFile, place.file({ ...both, tasks: { seed, lint } }))).rejects.toThrow(
      new RegExp(
        `could not create AutomationsFile: environment ${place.id} already has these, .*Task seed: ${before.Lint}.*; Service web: ${before.Theirs}.*\\n {2}Take them over with the input adopt: "${place.id}"`,
      ),
    ),
  );

  expect(calls["EnvironmentAutomationService/UpsertAutomationsFile"]).toBeUndefined();
  expect(has(place)).toEqual(before);
});

test("a service of the same program is nothing that an interrupted run has left, although it is the same", async () => {
  const place = await inEnvironment();
  await created(place.scene, service, {
    environmentId: place.id,
    metadata: { reference: "web", name: "Web" },
    spec: { commands: web.commands },
  });

  await expect(created(place.scene, automationsFile, place.file({ services: { web } }))).rejects.toThrow(
    /Service web: /,
  );
});

test("a reference that is taken is refused by an update too, which keeps what there is", async () => {
  const place = await inEnvironment();
  const kept = await created(place.scene, automationsFile, place.file({ services: { web } }));
  await fromRepository(place, { tasks: { seed: lint } });
  const before = has(place);

  const error = await notReady(updated(place.scene, automationsFile, kept, place.file()));

  expect(error.message).toMatch(
    /could not update AutomationsFile .* already has this, .*Task seed: .*\n {2}Choose other references/,
  );
  expect(error.state.outputs).toMatchObject({ services: { web: before.Web }, tasks: {} });
  expect(has(place)).toEqual(before);
});

test("adopt takes over what the file names, and leaves everything else alone", async () => {
  const place = await inEnvironment();
  await fromRepository(place, { services: { web: { ...web, name: "Old" } }, tasks: { other: lint } });
  const { Old, Lint } = has(place);

  const kept = await created(place.scene, automationsFile, { ...place.file(), adopt: place.id });
  const taken = has(place);
  place.scene.restart();
  await removed(place.scene, automationsFile, kept);

  expect(taken).toEqual({ Web: Old, Seed: expect.any(String), Lint });
  expect(madeBy(kept)).toEqual({ web: Old, seed: taken.Seed });
  expect(has(place)).toEqual({ Lint });
});

test("an import takes over everything that the environment has", async () => {
  const place = await inEnvironment();
  await fromRepository(place, both);

  const found = await read(automationsFile, place.scene.operation(), place.id, undefined);

  const { Web, Seed } = has(place);
  expect(found?.inputs).toEqual(place.file());
  expect(found?.outputs).toMatchObject({ services: { web: Web }, tasks: { seed: Seed } });
});

test("what somebody made anew under a reference of ours is theirs", async () => {
  const place = await inEnvironment();
  const kept = await created(place.scene, automationsFile, place.file());
  place.scene.emulator.admin.remove("tasks", has(place).Seed ?? "");
  await fromRepository(place, { tasks: { seed: lint } });

  const after = await refreshed(place.scene, automationsFile, kept);
  await removed(place.scene, automationsFile, kept);

  expect(after?.outputs).toMatchObject({ automations: { services: { web } }, tasks: {} });
  expect(has(place)).toEqual({ Lint: expect.any(String) });
});

test("a file is gone with its environment, and not for another user", async () => {
  const place = await inEnvironment();
  const { id, state } = await created(place.scene, automationsFile, place.file());
  const { colleague } = place.scene.emulator.tokens;
  const client = createClient(place.scene.emulator.transport(colleague), { host: "https://emulator.test/api" });

  const reading = read(automationsFile, place.scene.operation({ client }), id, state);
  await expect(reading).rejects.toThrow(/was created by .* and is not visible to/);
  await removed(place.scene, environment, { id, state: { inputs: {}, outputs: {}, seen: state.seen } });
  place.scene.emulator.settle();

  expect(await refreshed(place.scene, automationsFile, { id, state })).toBeUndefined();
  await removed(place.scene, automationsFile, { id, state });
});

test("an empty file exists, and takes in what comes later", async () => {
  const place = await inEnvironment();
  const kept = await created(place.scene, automationsFile, { environmentId: place.id, yaml: "{}" });

  const after = await refreshed(place.scene, automationsFile, kept);
  await updated(place.scene, automationsFile, kept, place.file());

  expect(after?.inputs).toEqual({ environmentId: place.id, automations: {} });
  expect(Object.keys(has(place))).toEqual(["Web", "Seed"]);
});

test("in an environment at rest a file is created, changed and deleted", async () => {
  const place = await inEnvironment();
  const kept = await created(place.scene, automationsFile, place.file());
  place.scene.emulator.admin.stopEnvironment(place.id, "inactivity");
  place.scene.emulator.settle();

  await updated(place.scene, automationsFile, kept, place.file({ services: { web: { ...web, name: "Site" } } }));
  const changed = has(place);
  await removed(place.scene, automationsFile, kept);

  expect(Object.keys(changed)).toEqual(["Site"]);
});

test("a service or a task whose reference the repository's file has made is refused, and can be adopted", async () => {
  const place = await inEnvironment();
  await fromRepository(place, both);
  const { Web = "", Seed = "" } = has(place);
  const site = {
    environmentId: place.id,
    metadata: { reference: "web", name: "Site" },
    spec: { commands: { start: "npm start" } },
  };
  const fill = { environmentId: place.id, metadata: { reference: "seed", name: "Fill" }, spec: { command: "true" } };

  await expect(created(place.scene, service, site)).rejects.toThrow(`adopt: "${Web}"`);
  await expect(created(place.scene, task, fill)).rejects.toThrow(`adopt: "${Seed}"`);
  const untouched = has(place);
  await created(place.scene, service, { ...site, adopt: Web });
  await created(place.scene, task, { ...fill, adopt: Seed });

  expect(untouched).toEqual({ Web, Seed });
  expect(has(place)).toEqual({ Site: Web, Fill: Seed });
});
