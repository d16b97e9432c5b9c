import { createClient } from "../../provider/client/client";
import { read } from "../../provider/lifecycle/read";
import { remove } from "../../provider/lifecycle/remove";
import { environment, group, project, task } from "../../provider/resources";
import { created, createStage, difference, ids, refreshed, removed, type Stage, updated } from "./stage";

const platform = { organizationId: ids.organization, name: "platform" };
const dev = { name: "dev", spec: { machine: { class: ids.smallClass } } };

/** The same world, seen with another token. */
const as = (stage: Stage, token: string) =>
  stage.operation({ client: createClient(stage.emulator.transport(token), { host: "https://emulator.test/api" }) });

test("an object that somebody has deleted is gone", async () => {
  const stage = createStage();
  const kept = await created(stage, group, platform);
  stage.emulator.admin.remove("groups", kept.id);

  expect(await refreshed(stage, group, kept)).toBeUndefined();
});

test("an object that is gone is not updated, and the error says how to go on", async () => {
  const stage = createStage();
  const kept = await created(stage, group, platform);
  const home = await created(stage, environment, dev);
  const note = { environmentId: home.id, metadata: { reference: "seed", name: "Seed" }, spec: { command: "true" } };
  const seed = await created(stage, task, note);
  stage.emulator.admin.remove("groups", kept.id);
  stage.emulator.admin.remove("tasks", seed.id);

  const updates = [
    () => updated(stage, group, kept, { ...platform, description: "Those who build" }),
    () => updated(stage, task, seed, { ...note, spec: { command: "false" } }),
  ];

  for (const each of updates)
    await expect(each()).rejects.toThrow(
      /^could not update \w+ [\w-]+: it is gone\. Run pulumi refresh; the next pulumi up creates it again$/,
    );
});

test("a token of another organization does not make an object gone, neither for a refresh nor for a deletion", async () => {
  const stage = createStage();
  const { id, state } = await created(stage, group, platform);
  const stranger = as(stage, stage.emulator.tokens.stranger);

  await expect(read(group, stranger, id, state)).rejects.toThrow(
    `Group ${id} belongs to the organization ${ids.organization}, but the token belongs to `,
  );
  await expect(remove(group, stranger, id, state)).rejects.toThrow(
    `Group ${id} belongs to the organization ${ids.organization}, but the token belongs to `,
  );
});

test.each([
  ["the stack's settings", {}, "gitpod:token"],
  ["a provider of the program", { provider: "staging" }, "`token` of the provider staging"],
])(
  "whoever has a wrong token from %s learns which one to set, and how it comes to count",
  async (_, origin, setting) => {
    const stage = createStage();
    const { id, state } = await created(stage, group, platform);
    const transport = stage.emulator.transport(stage.emulator.tokens.stranger);
    const client = createClient(transport, { host: "https://emulator.test/api", isStored: true, ...origin });

    await expect(read(group, stage.operation({ client }), id, state)).rejects.toThrow(
      `Set ${setting} to a token of that organization. pulumi refresh and pulumi destroy go on with the token of the last pulumi up: run pulumi up with the new one before, or add --run-program to them. Or remove`,
    );
  },
);

test("a token of another user does not make a private object gone", async () => {
  const stage = createStage();
  const { id, state } = await created(stage, environment, dev);

  const reading = read(environment, as(stage, stage.emulator.tokens.colleague), id, state);

  await expect(reading).rejects.toThrow(
    `Environment ${id} was created by ${ids.owner} and is not visible to ${ids.colleague}`,
  );
});

test("a read that lags behind the create does not make an object gone", async () => {
  const stage = createStage();
  stage.emulator.admin.lag(2);

  const kept = await created(stage, project, {
    name: "shop",
    initializer: { specs: [{ contextUrl: { url: "https://example.com/shop" } }] },
  });

  expect(await refreshed(stage, project, kept)).toBeDefined();
});

test("an environment whose first reads lag is waited for", async () => {
  const stage = createStage();
  stage.emulator.admin.lag(2);

  const kept = await created(stage, environment, dev);

  expect(kept.state.outputs).toMatchObject({ status: { phase: "ENVIRONMENT_PHASE_RUNNING" } });
});

test("an archived environment is not gone, and a stated phase takes it back and starts it", async () => {
  const stage = createStage();
  const running = { ...dev, spec: { ...dev.spec, desiredPhase: "RUNNING" } };
  const kept = await created(stage, environment, running);
  stage.emulator.admin.stopEnvironment(kept.id);
  stage.emulator.settle();
  stage.emulator.admin.patch("environments", kept.id, { metadata: { archivedAt: "2026-01-31T13:00:00Z" } });

  const archived = await refreshed(stage, environment, kept);
  await updated(stage, environment, kept, running);

  expect(archived?.outputs).toMatchObject({ metadata: { archivedAt: "2026-01-31T13:00:00Z" } });
  expect(kept.state.outputs).toMatchObject({ status: { phase: "ENVIRONMENT_PHASE_RUNNING" } });
  expect(stage.emulator.calls()).toMatchObject({ "EnvironmentService/UnarchiveEnvironment": 1 });
});

test("an archived environment whose phase is not stated is left archived, and is deleted like any other", async () => {
  const stage = createStage();
  const kept = await created(stage, environment, dev);
  stage.emulator.admin.stopEnvironment(kept.id);
  stage.emulator.settle();
  stage.emulator.admin.patch("environments", kept.id, { metadata: { archivedAt: "2026-01-31T13:00:00Z" } });

  await refreshed(stage, environment, kept);
  const drift = difference(stage, environment, kept, dev);
  await removed(stage, environment, kept);
  stage.emulator.settle();

  expect(drift).toMatchObject({ changes: [], unsettled: false });
  expect(stage.emulator.calls()).not.toHaveProperty("EnvironmentService/UnarchiveEnvironment");
  expect(stage.emulator.admin.objects("environments")).toEqual([]);
});

test("an environment with unsaved work is not deleted unasked", async () => {
  const stage = createStage();
  const kept = await created(stage, environment, dev);
  stage.emulator.admin.setGitStatus(kept.id, { changedFiles: ["a.ts", "b.ts"], unpushedCommits: ["wip"] });

  await expect(removed(stage, environment, kept)).rejects.toThrow(
    `could not delete Environment ${kept.id}: Environment ${kept.id} has 2 changed files and 1 unpushed commits, which its deletion would destroy. Save them, or set discardUnsavedWork: true`,
  );
  await updated(stage, environment, kept, { ...dev, discardUnsavedWork: true });
  await removed(stage, environment, kept);

  expect(stage.emulator.admin.objects("environments")).toMatchObject([
    { status: { phase: "ENVIRONMENT_PHASE_DELETED" } },
  ]);
});

test("a replacement that would destroy unsaved work is told of, and deletes first, so that nothing new is made", async () => {
  const stage = createStage();
  const kept = await created(stage, environment, dev);
  stage.emulator.admin.setGitStatus(kept.id, { changedFiles: ["a.ts"] });
  await refreshed(stage, environment, kept);

  const larger = { ...dev, spec: { machine: { class: ids.largeClass } } };

  expect(difference(stage, environment, kept, larger)).toMatchObject({
    replaces: ["spec"],
    deleteBeforeReplace: true,
    loss: expect.stringContaining("has 1 changed files, which its deletion would destroy"),
  });
  expect(difference(stage, environment, kept, { ...larger, discardUnsavedWork: true })).toMatchObject({
    deleteBeforeReplace: false,
    loss: undefined,
  });
});
