import { settleHome } from "../../bench/home";
import { type Inputs, type Kind, kinds } from "../../bench/kinds";
import { parentsOf } from "../../bench/resources";
import { createClient } from "../../provider/client/client";
import { read } from "../../provider/lifecycle/read";
import { remove } from "../../provider/lifecycle/remove";
import type { Definition } from "../../provider/model/definition";
import { kindName } from "../../provider/model/module";
import { saysWhenMade } from "../../provider/model/remote-object";
import * as resources from "../../provider/resources";
import { environment, group, project, task } from "../../provider/resources";
import {
  callsDuring,
  created,
  createScene,
  difference,
  ids,
  refreshed,
  removed,
  type Scene,
  sceneFor,
  updated,
} from "./scene";

const platform = { organizationId: ids.organization, name: "platform" };
const dev = { name: "dev", spec: { machine: { class: ids.smallClass } } };

/** The same world, seen with another token. */
const as = (scene: Scene, token: string) =>
  scene.operation({ client: createClient(scene.emulator.transport(token), { host: "https://emulator.test/api" }) });

test("an object that somebody has deleted is gone", async () => {
  const scene = createScene();
  const kept = await created(scene, group, platform);
  scene.emulator.admin.remove("groups", kept.id);

  expect(await refreshed(scene, group, kept)).toBeUndefined();
});

test("an object that is gone is not updated, and the error says how to go on", async () => {
  const scene = createScene();
  const kept = await created(scene, group, platform);
  const home = await created(scene, environment, dev);
  const note = { environmentId: home.id, metadata: { reference: "seed", name: "Seed" }, spec: { command: "true" } };
  const seed = await created(scene, task, note);
  scene.emulator.admin.remove("groups", kept.id);
  scene.emulator.admin.remove("tasks", seed.id);

  const updates = [
    () => updated(scene, group, kept, { ...platform, description: "Those who build" }),
    () => updated(scene, task, seed, { ...note, spec: { command: "false" } }),
  ];

  for (const each of updates)
    await expect(each()).rejects.toThrow(
      /^could not update \w+ [\w-]+: it is gone\. Run pulumi refresh; the next pulumi up creates it again$/,
    );
});

test("a token of another organization does not make an object gone, neither for a refresh nor for a deletion", async () => {
  const scene = createScene();
  const { id, state } = await created(scene, group, platform);
  const stranger = as(scene, scene.emulator.tokens.stranger);

  await expect(read(group, stranger, id, state)).rejects.toThrow(
    `Group ${id} belongs to the organization ${ids.organization}, but the token belongs to `,
  );
  await expect(remove(group, stranger, id, state)).rejects.toThrow(
    `Group ${id} belongs to the organization ${ids.organization}, but the token belongs to `,
  );
});

test.each([
  ["the stack's settings", {}, "gitpod:token", "a resource that uses it"],
  ["a provider of the program", { provider: "staging" }, "`token` of the provider staging", "the provider staging"],
])(
  "whoever has a wrong token from %s learns which one to set, and how it comes to count",
  async (_, origin, setting, user) => {
    const scene = createScene();
    const { id, state } = await created(scene, group, platform);
    const transport = scene.emulator.transport(scene.emulator.tokens.stranger);
    const client = createClient(transport, { host: "https://emulator.test/api", isStored: true, ...origin });

    await expect(read(group, scene.operation({ client }), id, state)).rejects.toThrow(
      `Set ${setting} to a token of that organization. pulumi refresh and pulumi destroy go on with the token of the last pulumi up: run pulumi up with the new one before, or add --run-program to them, while the program still declares ${user}. Or remove`,
    );
  },
);

test("a token of another user does not make a private object gone", async () => {
  const scene = createScene();
  const { id, state } = await created(scene, environment, dev);

  const reading = read(environment, as(scene, scene.emulator.tokens.colleague), id, state);

  await expect(reading).rejects.toThrow(
    `Environment ${id} was created by ${ids.owner} and is not visible to ${ids.colleague}`,
  );
});

test("a read that lags behind the create does not make an object gone", async () => {
  const scene = createScene();
  scene.emulator.admin.lag(2);

  const kept = await created(scene, project, {
    name: "shop",
    initializer: { specs: [{ contextUrl: { url: "https://example.com/shop" } }] },
  });

  expect(await refreshed(scene, project, kept)).toBeDefined();
});

test("an environment whose first reads lag is waited for", async () => {
  const scene = createScene();
  scene.emulator.admin.lag(2);

  const kept = await created(scene, environment, dev);

  expect(kept.state.outputs).toMatchObject({ status: { phase: "ENVIRONMENT_PHASE_RUNNING" } });
});

test("an archived environment is not gone, and a stated phase takes it back and starts it", async () => {
  const scene = createScene();
  const running = { ...dev, spec: { ...dev.spec, desiredPhase: "RUNNING" } };
  const kept = await created(scene, environment, running);
  scene.emulator.admin.stopEnvironment(kept.id);
  scene.emulator.settle();
  scene.emulator.admin.patch("environments", kept.id, { metadata: { archivedAt: "2026-01-31T13:00:00Z" } });

  const archived = await refreshed(scene, environment, kept);
  await updated(scene, environment, kept, running);

  expect(archived?.outputs).toMatchObject({ metadata: { archivedAt: "2026-01-31T13:00:00Z" } });
  expect(kept.state.outputs).toMatchObject({ status: { phase: "ENVIRONMENT_PHASE_RUNNING" } });
  expect(scene.emulator.calls()).toMatchObject({ "EnvironmentService/UnarchiveEnvironment": 1 });
});

test("an archived environment whose phase is not stated is left archived, and is deleted like any other", async () => {
  const scene = createScene();
  const kept = await created(scene, environment, dev);
  scene.emulator.admin.stopEnvironment(kept.id);
  scene.emulator.settle();
  scene.emulator.admin.patch("environments", kept.id, { metadata: { archivedAt: "2026-01-31T13:00:00Z" } });

  await refreshed(scene, environment, kept);
  const drift = difference(scene, environment, kept, dev);
  await removed(scene, environment, kept);
  scene.emulator.settle();

  expect(drift).toMatchObject({ changes: [], unsettled: false });
  expect(scene.emulator.calls()).not.toHaveProperty("EnvironmentService/UnarchiveEnvironment");
  expect(scene.emulator.admin.objects("environments")).toEqual([]);
});

test("an environment with unsaved work is not deleted unasked", async () => {
  const scene = createScene();
  const kept = await created(scene, environment, dev);
  scene.emulator.admin.setGitStatus(kept.id, { changedFiles: ["a.ts", "b.ts"], unpushedCommits: ["wip"] });

  await expect(removed(scene, environment, kept)).rejects.toThrow(
    `could not delete Environment ${kept.id}: Environment ${kept.id} has 2 changed files and 1 unpushed commits, which its deletion would destroy. Save them, or set discardUnsavedWork: true`,
  );
  await updated(scene, environment, kept, { ...dev, discardUnsavedWork: true });
  await removed(scene, environment, kept);

  expect(scene.emulator.admin.objects("environments")).toMatchObject([
    { status: { phase: "ENVIRONMENT_PHASE_DELETED" } },
  ]);
});

test("a replacement that would destroy unsaved work is told of, and deletes first, so that nothing new is made", async () => {
  const scene = createScene();
  const kept = await created(scene, environment, dev);
  scene.emulator.admin.setGitStatus(kept.id, { changedFiles: ["a.ts"] });
  await refreshed(scene, environment, kept);

  const larger = { ...dev, spec: { machine: { class: ids.largeClass } } };

  expect(difference(scene, environment, kept, larger)).toMatchObject({
    replaces: ["spec"],
    deleteBeforeReplace: true,
    loss: expect.stringContaining("has 1 changed files, which its deletion would destroy"),
  });
  expect(difference(scene, environment, kept, { ...larger, discardUnsavedWork: true })).toMatchObject({
    deleteBeforeReplace: false,
    loss: undefined,
  });
});

const undated = Object.values<Definition>(resources).filter(
  (each) => each.create && !each.composed && !saysWhenMade(each),
);

test.each(undated.map((definition) => [kindName(definition) as Kind, definition] as const))(
  "a new object of the kind %s, which does not say when it was made, is neither gone nor left behind while reads lag",
  async (kind, definition) => {
    const scene = sceneFor(definition);
    const home = await settleHome(scene.emulator, parentsOf(kind, 2));
    const inputs: Inputs = kinds[kind];
    scene.emulator.admin.lag(3);
    const kept = await created(scene, definition, inputs(0, "first", home));

    const state = await refreshed(scene, definition, kept);
    const other = await created(scene, definition, inputs(1, "first", home));
    const calls = await callsDuring(scene, () => removed(scene, definition, other));

    expect(state).toMatchObject({ seen: { since: expect.any(String) } });
    expect(Object.keys(calls).filter((method) => !/\/(Get|List)/.test(method))).toHaveLength(1);
  },
);
