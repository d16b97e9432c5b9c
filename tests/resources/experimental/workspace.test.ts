import { classicIds, classicTokens } from "../../../emulator";
import { TeamsService } from "../../../proto/gen/gitpod/experimental/v1/teams_pb";
import { WorkspacesService } from "../../../proto/gen/gitpod/experimental/v1/workspaces_pb";
import { check } from "../../../provider/check/check";
import { apis } from "../../../provider/client/api";
import { createClient } from "../../../provider/client/client";
import { read } from "../../../provider/lifecycle/read";
import { update } from "../../../provider/lifecycle/update";
import { secretPlaces } from "../../../provider/mapping/secret-paths";
import { workspace } from "../../../provider/resources/experimental/workspace";
import { createScene as setScene } from "../../scene";
import { createPlayingClock } from "../../timeline";
import {
  callsDuring,
  createClassicScene,
  created,
  difference,
  type Kept,
  notReady,
  refreshed,
  removed,
  type Scene,
  updated,
} from "../scene";

const running = "PHASE_RUNNING";
const stopped = "PHASE_STOPPED";
const website = { contextUrl: "https://github.com/example/website", organizationId: classicIds.team };
const named = (repository: string) => ({ ...website, contextUrl: `https://github.com/example/${repository}` });

test("a create returns when the workspace runs", async () => {
  const scene = createClassicScene();

  const kept = await created(scene, workspace, website);

  expect(kept.id).toMatch(/^[a-z]+-[a-z]+-[0-9a-z]{11}$/);
  expect(kept.state).toMatchObject({
    inputs: website,
    outputs: { contextUrl: website.contextUrl, ownerId: classicIds.owner, phase: running },
    seen: { subjectId: classicIds.owner, ready: true },
  });
});

test("a workspace that shall be stopped comes up first, so that its content is there", async () => {
  const scene = createClassicScene();

  const kept = await created(scene, workspace, { ...website, desiredPhase: stopped });

  expect(kept.state.outputs).toMatchObject({ phase: stopped });
  expect(scene.told).toContainEqual(expect.stringMatching(/^RUNNING/));
});

test("a stated phase is reached both ways, by the same workspace", async () => {
  const scene = createClassicScene();
  const kept = await created(scene, workspace, { ...website, desiredPhase: running });

  await updated(scene, workspace, kept, { ...website, desiredPhase: stopped });
  const resting = kept.state.outputs;
  await updated(scene, workspace, kept, { ...website, desiredPhase: running });

  expect(resting).toMatchObject({ phase: stopped });
  expect(kept.state.outputs).toMatchObject({ phase: running });
  expect(await listed(scene)).toHaveLength(1);
});

test("a workspace that is still stopping is started once it has stopped, since a start does nothing before", async () => {
  const clock = createPlayingClock();
  // Reads alone do not let it stop here.
  const sleep: typeof clock.sleep = async (milliseconds, signal) => {
    await clock.sleep(milliseconds, signal);
    scene.emulator.step();
  };
  const scene: Scene = setScene({ clock: { ...clock, sleep }, token: classicTokens.owner, api: apis.experimental });
  const kept = await created(scene, workspace, { ...website, desiredPhase: stopped });
  await scene.operation().client.call(workspaces.startWorkspace, { workspaceId: kept.id });
  scene.emulator.settle();
  scene.emulator.admin.classic.idle(kept.id);
  scene.told.length = 0;

  const calls = await callsDuring(scene, () => updated(scene, workspace, kept, { ...website, desiredPhase: running }));

  expect(scene.told[0]).toMatch(/^STOPPING/);
  expect(calls["WorkspacesService/StartWorkspace"]).toBe(1);
  expect(kept.state.outputs).toMatchObject({ phase: running });
});

test("a stop for idleness is drift where the workspace shall run, and nothing otherwise", async () => {
  const scene = createClassicScene();
  const kept = await created(scene, workspace, { ...website, desiredPhase: running });
  const free = await created(scene, workspace, named("shop"));
  for (const { id } of [kept, free]) scene.emulator.admin.classic.idle(id);
  scene.emulator.settle();

  await refreshed(scene, workspace, kept);
  await refreshed(scene, workspace, free);

  expect(difference(scene, workspace, kept, { ...website, desiredPhase: running })).toMatchObject({
    changes: [{ path: ["desiredPhase"], kind: "update", replaces: false }],
  });
  expect(difference(scene, workspace, free, named("shop"))).toMatchObject({ changes: [], unsettled: false });
});

test("a workspace that fails to start keeps its id in state, and the next update starts it again", async () => {
  const scene = createClassicScene();
  const inputs = named("fail-start-once");

  const failure = await notReady(created(scene, workspace, inputs));
  const kept = { id: failure.id, state: failure.state };
  await updated(scene, workspace, kept, inputs);

  expect(failure.message).toMatch(/did not reach RUNNING, it is STOPPED: the content could not be fetched/);
  expect(kept.state).toMatchObject({ outputs: { phase: running }, seen: { ready: true } });
  expect(await listed(scene)).toHaveLength(1);
});

test("one that shall be stopped and has failed to start is not taken for stopped", async () => {
  const scene = createClassicScene();

  const failure = await notReady(created(scene, workspace, { ...named("fail-start"), desiredPhase: stopped }));

  expect(failure.message).toMatch(/is STOPPED: the content could not be fetched/);
});

test("a second instance that fails before anything was read of it has failed, although its counter began anew", async () => {
  const scene = createClassicScene();
  const inputs = { ...named("fail-start"), desiredPhase: running };
  const { id, state } = await notReady(created(scene, workspace, inputs));
  const { clock } = scene.operation();
  const sleep: typeof clock.sleep = (milliseconds, signal) => {
    scene.emulator.settle();
    return clock.sleep(milliseconds, signal);
  };

  const failure = await notReady(update(workspace, scene.operation({ clock: { ...clock, sleep } }), id, state, inputs));

  expect(failure.message).toMatch(/did not reach RUNNING, it is STOPPED: the content could not be fetched/);
  expect(failure.message).not.toMatch(/PREPARING/);
});

test("a change of the class replaces it, and so does another context; the phase changes in place", async () => {
  const scene = createClassicScene();
  const kept = await created(scene, workspace, website);

  const larger = difference(scene, workspace, kept, { ...website, startSpec: { workspaceClass: "g1-large" } });
  const other = difference(scene, workspace, kept, named("shop"));
  const halted = difference(scene, workspace, kept, { ...website, desiredPhase: stopped });

  expect([larger.replaces, other.replaces, halted.replaces]).toEqual([["startSpec"], ["contextUrl"], []]);
  expect([larger, other].map(({ deleteBeforeReplace }) => deleteBeforeReplace)).toEqual([true, true]);
});

test.each(["git@github.com:example/website", "github.com/example/website", " https://github.com/example/website "])(
  "the context %p, which the server spells in another way, is no difference",
  async (contextUrl) => {
    const scene = createClassicScene();
    const inputs = { ...website, contextUrl };
    const kept = await created(scene, workspace, inputs);

    await refreshed(scene, workspace, kept);

    expect(kept.state.outputs).toMatchObject({ contextUrl, context: { contextUrl: website.contextUrl } });
    expect(difference(scene, workspace, kept, inputs)).toMatchObject({ changes: [], unsettled: false });
  },
);

test("variables before the context stay there, and where they are secret so is what the server makes of them", async () => {
  const scene = createClassicScene();
  const contextUrl = "MODE=fast/GREETING=hello/git@github.com:example/website";
  const kept = await created(scene, workspace, { ...website, contextUrl });

  await refreshed(scene, workspace, kept);

  const spelled = "MODE=fast/GREETING=hello/https://github.com/example/website";
  expect(kept.state.outputs).toMatchObject({ contextUrl, context: { contextUrl: spelled } });
  expect(difference(scene, workspace, kept, { ...website, contextUrl })).toMatchObject({ changes: [] });
  expect(secretPlaces(workspace, [["contextUrl"]]).outputs).toEqual([["contextUrl"], ["context"]]);
});

test.each(["deleted by hand", "collected by the installation", "purged"])("one that is %s is gone", async (how) => {
  const scene = createClassicScene();
  const kept = await created(scene, workspace, website);
  const { admin } = scene.emulator;
  if (how === "deleted by hand")
    await scene.operation().client.call(workspaces.deleteWorkspace, { workspaceId: kept.id });
  else admin.classic.collect(kept.id);
  scene.emulator.settle();
  if (how === "purged") admin.classic.purge(kept.id);
  // Nothing is new any more, so that no read is taken for one that lags.
  await scene.operation().clock.sleep(60_000);

  expect(await refreshed(scene, workspace, kept)).toBeUndefined();
});

test("one that runs costs one read, and only one that rests is looked for in a list", async () => {
  const scene = createClassicScene();
  const up = await created(scene, workspace, website);
  const down = await created(scene, workspace, { ...named("shop"), desiredPhase: stopped });

  const ofUp = await callsDuring(scene, () => refreshed(scene, workspace, up));
  const ofDown = await callsDuring(scene, () => refreshed(scene, workspace, down));

  expect(ofUp).toEqual({ "WorkspacesService/GetWorkspace": 1 });
  expect(ofDown).toEqual({ "WorkspacesService/GetWorkspace": 1, "WorkspacesService/ListWorkspaces": 1 });
});

test("workspaces that are read together are read from one list", async () => {
  const scene = createClassicScene();
  const all: Kept[] = [];
  for (const repository of ["one", "two", "three"])
    all.push(await created(scene, workspace, { ...named(repository), desiredPhase: stopped }));

  const calls = await callsDuring(scene, () => Promise.all(all.map((kept) => refreshed(scene, workspace, kept))));

  expect(calls).toEqual({ "WorkspacesService/ListWorkspaces": 1 });
});

test("one that is deleted is not started: the update says that it is gone", async () => {
  const scene = createClassicScene();
  const kept = await created(scene, workspace, { ...website, desiredPhase: stopped });
  await scene.operation().client.call(workspaces.deleteWorkspace, { workspaceId: kept.id });
  await scene.operation().clock.sleep(60_000);
  const inputs = { ...website, desiredPhase: running };

  const calls = await callsDuring(scene, () =>
    expect(updated(scene, workspace, kept, inputs)).rejects.toThrow(/is gone/),
  );

  expect(calls["WorkspacesService/StartWorkspace"]).toBeUndefined();
});

test("one that is deleted is neither imported nor taken over, although it can be read", async () => {
  const scene = createClassicScene();
  const { id } = await created(scene, workspace, website);
  await scene.operation().client.call(workspaces.deleteWorkspace, { workspaceId: id });
  scene.emulator.settle();
  scene.restart();

  const imported = await read(workspace, scene.operation(), id, undefined);

  expect(imported).toBeUndefined();
  await expect(created(scene, workspace, { ...website, adopt: id })).rejects.toThrow(
    `could not adopt Workspace ${id}: `,
  );
});

test("a phase and a field that this version does not know are shown and passed over, and are no drift", async () => {
  const scene = createClassicScene();
  const kept = await created(scene, workspace, website);
  const { remote } = scene.emulator.world.classicWorkspaces.rows.get(kept.id)!;
  Object.assign(remote.status?.instance?.status ?? {}, { phase: 99 });
  remote.$unknown = [{ no: 999, wireType: 0, data: new Uint8Array([1]) }];

  await refreshed(scene, workspace, kept);

  expect(kept.state.outputs).toMatchObject({ phase: 99, contextUrl: website.contextUrl });
  expect(difference(scene, workspace, kept, website)).toMatchObject({ changes: [] });
});

test("workspaces that are read together are read one by one where the list fails", async () => {
  const scene = createClassicScene();
  const all = [await created(scene, workspace, website), await created(scene, workspace, named("shop"))];
  const refuse = { code: "internal", message: "no list" } as const;
  scene.emulator.admin.fault({ method: "WorkspacesService/ListWorkspaces", refuse });

  const found = await Promise.all(all.map((kept) => refreshed(scene, workspace, kept)));

  expect(found).toMatchObject([{ outputs: { phase: running } }, { outputs: { phase: running } }]);
});

test("where 100 others hide it, one that has stopped is kept, and a line says so once", async () => {
  const scene = createClassicScene();
  const kept = await created(scene, workspace, { ...website, desiredPhase: stopped });
  for (let i = 0; i < 100; i++) await others(scene, `other-${i}`);

  await refreshed(scene, workspace, kept);
  await refreshed(scene, workspace, kept);

  expect(kept.state.outputs).toMatchObject({ phase: stopped });
  expect(scene.told.filter((line) => line.startsWith("warning: "))).toEqual([
    `warning: Workspace ${kept.id} has stopped, and the API names no more than 100 workspaces, this one not among them: whether it is deleted cannot be told, so it is kept`,
  ]);
});

test("where others hide it, the list of its organization proves that one is deleted", async () => {
  const scene = createClassicScene();
  const kept = await created(scene, workspace, { ...website, desiredPhase: stopped });
  const { id: elsewhere } = (await scene.operation().client.call(teams.createTeam, { name: "elsewhere" })).team ?? {};
  for (let i = 0; i < 100; i++) await others(scene, `other-${i}`, elsewhere);
  const before = await refreshed(scene, workspace, kept);
  scene.emulator.admin.classic.collect(kept.id);

  expect(before).toMatchObject({ outputs: { phase: stopped } });
  expect(await refreshed(scene, workspace, kept)).toBeUndefined();
});

test("another user is told that it is not theirs, and nothing counts as gone", async () => {
  const scene = createClassicScene();
  const kept = await created(scene, workspace, website);
  const as = (token: string) =>
    createClient(scene.emulator.transport(token), { host: "https://emulator.test", api: apis.experimental });
  const readAs = (token: string) => read(workspace, scene.operation({ client: as(token) }), kept.id, kept.state);

  await expect(readAs(classicTokens.member)).rejects.toThrow(/belongs to another user/);
  await expect(readAs(classicTokens.stranger)).rejects.toThrow(
    new RegExp(`was created by ${classicIds.owner} and is not visible to ${classicIds.stranger}`),
  );
});

test("one that its owner has opened to everybody is there for another user, whose lists do not name it", async () => {
  const scene = createClassicScene();
  const kept = await created(scene, workspace, { ...website, desiredPhase: stopped });
  const admission = "ADMISSION_LEVEL_EVERYONE";
  scene.emulator.admin.patch("classicWorkspaces", kept.id, { status: { instance: { status: { admission } } } });
  const client = createClient(scene.emulator.transport(classicTokens.member), {
    host: "https://emulator.test",
    api: apis.experimental,
  });

  const found = await read(workspace, scene.operation({ client }), kept.id, kept.state);

  expect(found).toMatchObject({ outputs: { ownerId: classicIds.owner, phase: stopped } });
});

test("unsaved work that it reports keeps a workspace, until the program agrees", async () => {
  const scene = createClassicScene();
  const kept = await created(scene, workspace, website);
  scene.emulator.admin.classic.setGitStatus(kept.id, { uncommitedFiles: ["a.ts"], unpushedCommits: ["b", "c"] });

  await expect(removed(scene, workspace, kept)).rejects.toThrow(
    /has 1 uncommitted files and 2 unpushed commits, which its deletion would destroy/,
  );
  await updated(scene, workspace, kept, { ...website, discardUnsavedWork: true });
  await removed(scene, workspace, kept);

  expect(await listed(scene)).toEqual([]);
});

test("a replacement without agreement deletes first, so that unsaved work refuses it before anything is made", async () => {
  const scene = createClassicScene();
  const kept = await created(scene, workspace, website);
  const other = { ...website, contextUrl: "https://github.com/example/shop" };

  expect(difference(scene, workspace, kept, other).deleteBeforeReplace).toBe(true);
  expect(difference(scene, workspace, kept, { ...other, discardUnsavedWork: true }).deleteBeforeReplace).toBe(false);
});

test("a deletion is over with its answer, from which on no list names the workspace, also among 100 others", async () => {
  const scene = createClassicScene();
  const kept = await created(scene, workspace, { ...website, discardUnsavedWork: true });
  for (let i = 0; i < 100; i++) await others(scene, `other-${i}`);

  const calls = await callsDuring(scene, () => removed(scene, workspace, kept));

  expect(calls).toEqual({ "WorkspacesService/DeleteWorkspace": 1 });
  expect(await listed(scene)).not.toContain(kept.id);
});

test("what changes with every keystroke is not stored, nor what counts reports", async () => {
  const scene = createClassicScene();
  const kept = await created(scene, workspace, website);
  scene.emulator.admin.classic.setGitStatus(kept.id, { uncommitedFiles: ["a.ts"], latestCommit: "4f2a9c" });

  await refreshed(scene, workspace, kept);

  const text = JSON.stringify(kept.state.outputs);
  for (const word of [
    "a.ts",
    "4f2a9c",
    "totalUncommitedFiles",
    "statusVersion",
    "recentFolders",
    "firstUserActivity",
    "projectId",
  ])
    expect(text).not.toContain(word);
  expect(kept.state.outputs).toMatchObject({
    status: { instance: { status: { gitStatus: { branch: "main" } } } },
  });
});

test("an import shows the context, and takes what else is stated first at its word", async () => {
  const scene = createClassicScene();
  const { id } = await created(scene, workspace, { ...website, startSpec: { workspaceClass: "g1-large" } });

  const imported = await read(workspace, scene.operation(), id, undefined);
  const kept = { id, state: { ...imported!, seen: { ...imported!.seen, imported: true } } };
  const stated = { ...website, startSpec: { workspaceClass: "g1-large" } };
  const first = difference(scene, workspace, kept, stated);
  await updated(scene, workspace, kept, stated);

  expect(imported?.inputs).toEqual({ contextUrl: website.contextUrl });
  expect(first).toMatchObject({ changes: [], replaces: [] });
  expect(difference(scene, workspace, kept, website).replaces).toEqual(["startSpec"]);
});

test("what no import finds out may stay unsaid until a program states it, and is required of a new one", () => {
  const { contextUrl } = website;

  const imported = check(workspace, { contextUrl, organizationId: "" }, { contextUrl });
  const made = check(workspace, { contextUrl });

  expect(imported.failures).toEqual([]);
  expect(made.failures).toEqual([{ path: ["organizationId"], reason: "is required" }]);
});

const workspaces = WorkspacesService.method;
const teams = TeamsService.method;

/** Starts a workspace that is nobody's here. */
const others = (scene: Scene, repository: string, organizationId: string = classicIds.team) =>
  scene.operation().client.call(workspaces.createAndStartWorkspace, {
    contextUrl: `https://github.com/example/${repository}`,
    organizationId,
    startSpec: {},
  });

/** The ids that the lists of the owner name. */
async function listed(scene: Scene): Promise<string[]> {
  const { result } = await scene.operation().client.call(workspaces.listWorkspaces, { pagination: { pageSize: 100 } });
  return result.map(({ workspaceId }) => workspaceId);
}
