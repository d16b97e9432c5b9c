import { classicIds, classicTokens } from "../../../emulator";
import { WorkspacesService } from "../../../proto/gen/gitpod/experimental/v1/workspaces_pb";
import { resolveAccount } from "../../../provider/client/account";
import { apis } from "../../../provider/client/api";
import { type Client, connect } from "../../../provider/client/client";
import { remove } from "../../../provider/lifecycle/remove";
import { update } from "../../../provider/lifecycle/update";
import { workspace } from "../../../provider/resources/experimental/workspace";
import { afterTest } from "../../after-test";
import { callsDuring, createClassicScene, created, notReady, type Scene, updated } from "../scene";

const workspaces = WorkspacesService.method;
const website = { contextUrl: "https://github.com/example/website", organizationId: classicIds.team };
const method = "WorkspacesService/CreateAndStartWorkspace";

test.each(["after", "inside"] as const)(
  "a create whose answer is lost %s the call makes one workspace",
  async (lost) => {
    const scene = createClassicScene();
    scene.emulator.admin.fault({ method, lost });

    const { id, state } = await created(scene, workspace, website);

    expect(await listed(scene)).toEqual([id]);
    expect(state).toMatchObject({ outputs: { phase: "PHASE_RUNNING" }, seen: { ready: true } });
  },
);

test("a create whose answer the network loses is not sent again", async () => {
  const scene = createClassicScene();
  const client = await clientOverHttp(scene);
  scene.emulator.admin.fault({ method, lost: "after" });

  const calls = await callsDuring(scene, () => created(scene, workspace, website, { client }));

  expect(calls[method]).toBe(1);
  expect(await listed(scene)).toHaveLength(1);
});

test("a start and a deletion whose answers the network loses are sent again", async () => {
  const scene = createClassicScene();
  const { id, state } = await created(scene, workspace, { ...website, desiredPhase: "PHASE_STOPPED" });
  const operation = scene.operation({ client: await clientOverHttp(scene) });
  for (const name of ["StartWorkspace", "DeleteWorkspace"])
    scene.emulator.admin.fault({ method: `WorkspacesService/${name}`, lost: "after" });

  const calls = await callsDuring(scene, async () => {
    const inputs = { ...website, desiredPhase: "PHASE_RUNNING" };
    await remove(workspace, operation, id, await update(workspace, operation, id, state, inputs));
  });

  expect(calls).toMatchObject({ "WorkspacesService/StartWorkspace": 2, "WorkspacesService/DeleteWorkspace": 2 });
  expect(await listed(scene)).toEqual([]);
});

test("a create whose answer is lost while lists lag finds what it has made", async () => {
  const scene = createClassicScene();
  scene.emulator.admin.lag(2);
  scene.emulator.admin.fault({ method, lost: "after" });

  const { id } = await created(scene, workspace, website);

  expect(await listed(scene)).toEqual([id]);
});

test("a create that is cancelled before the call makes none", async () => {
  const scene = createClassicScene();

  await expect(created(scene, workspace, website, { signal: AbortSignal.abort() })).rejects.toThrow();

  expect(await listed(scene)).toEqual([]);
});

test("a create states a start, and tells older servers to make another workspace", async () => {
  const scene = createClassicScene();
  const { client } = scene.operation();
  const asked: unknown[] = [];
  const call: typeof client.call = (called, request, options) => {
    if (called.name === "CreateAndStartWorkspace") asked.push(request);
    return client.call(called, request, options);
  };

  await created(scene, workspace, website, { client: { ...client, call } });

  expect(asked).toEqual([{ ...website, startSpec: {}, ignoreRunningWorkspaceOnSameCommit: true }]);
});

test("a create whose first look fails makes none, and the next one looks again", async () => {
  const scene = createClassicScene();
  const refuse = { code: "internal", message: "no list" } as const;
  scene.emulator.admin.fault({ method: "WorkspacesService/ListWorkspaces", refuse });

  await expect(created(scene, workspace, website)).rejects.toThrow("no list");
  const { id } = await created(scene, workspace, website);

  expect(await listed(scene)).toEqual([id]);
});

test("a create whose request is lost fails, and makes none", async () => {
  const scene = createClassicScene();
  scene.emulator.admin.fault({ method, lost: "before" });

  await expect(created(scene, workspace, website)).rejects.toThrow(/^could not create Workspace: /);

  expect(await listed(scene)).toEqual([]);
});

test("a create that the server refuses once the workspace is stored leaves one, with its id and the server's words", async () => {
  const scene = createClassicScene();
  const inputs = { ...website, contextUrl: "https://github.com/example/refused-late" };

  const first = await notReady(created(scene, workspace, inputs));
  const kept = { id: first.id, state: first.state };
  const second = await notReady(updated(scene, workspace, kept, inputs));
  kept.state = second.state;
  const third = await notReady(updated(scene, workspace, kept, inputs));

  expect(await listed(scene)).toEqual([first.id]);
  for (const { message } of [first, second, third])
    expect(message).toMatch(/the repository is not allowed in the organization/);
  expect(first.message).toMatch(new RegExp(`^Workspace ${first.id} is not ready: `));
});

test("one that shall be stopped is not ready either where its start is refused", async () => {
  const scene = createClassicScene();
  const inputs = { ...website, contextUrl: "https://github.com/example/refused-late", desiredPhase: "PHASE_STOPPED" };

  const { message } = await notReady(created(scene, workspace, inputs));

  expect(message).toMatch(/the repository is not allowed in the organization/);
});

test("a repository of a host that the user has not connected is refused, and says which connection lacks", async () => {
  const scene = createClassicScene();
  const contextUrl = "https://github.com/example/not-connected";

  await expect(created(scene, workspace, { ...website, contextUrl })).rejects.toThrow(
    /has not connected the Git provider of the repository/,
  );

  expect(await listed(scene)).toEqual([]);
});

test("a limit that the server calls an invalid argument is told with what lifts it", async () => {
  const scene = createClassicScene();
  const message = "too many running workspaces";
  scene.emulator.admin.fault({ method, refuse: { code: "invalid_argument", message } });

  await expect(created(scene, workspace, website)).rejects.toThrow(
    /too many running workspaces\. .* stop or delete workspaces, or have the limit raised/,
  );
});

test("two creates of one context at once make two workspaces, after one list", async () => {
  const scene = createClassicScene();
  const ids: string[] = [];

  const calls = await callsDuring(scene, async () => {
    const both = await Promise.all([created(scene, workspace, website), created(scene, workspace, website)]);
    ids.push(...both.map(({ id }) => id));
  });

  expect(new Set(ids).size).toBe(2);
  expect((await listed(scene)).sort()).toEqual(ids.sort());
  // One before, one after each, and one for the waits of both.
  expect(calls).toMatchObject({ [method]: 2, "WorkspacesService/ListWorkspaces": 4 });
});

test("where the answers to two creates of one context are lost, nothing tells which is which, and both are named", async () => {
  const scene = createClassicScene();
  scene.emulator.admin.fault({ method, lost: "after", times: 2 });

  const ends = await Promise.allSettled([created(scene, workspace, website), created(scene, workspace, website)]);

  const left = await listed(scene);
  expect(left).toHaveLength(2);
  for (const end of ends)
    for (const id of left)
      expect(end).toMatchObject({ status: "rejected", reason: { message: expect.stringContaining(id) } });
});

test("where one of two answers is lost, the workspace of the other is not taken for it", async () => {
  const scene = createClassicScene();
  scene.emulator.admin.fault({ method, lost: "after" });

  const both = await Promise.all([created(scene, workspace, website), created(scene, workspace, website)]);

  expect((await listed(scene)).sort()).toEqual(both.map(({ id }) => id).sort());
  expect(new Set(both.map(({ id }) => id)).size).toBe(2);
});

test("one that an interrupted run may have left is named, and each way to go on", async () => {
  const scene = createClassicScene();
  const left = await leftOver(scene);

  const refusal = created(scene, workspace, website);

  await expect(refusal).rejects.toThrow(
    new RegExp(
      `^could not create Workspace: there is a Workspace of this context already, made within the last hour, that nobody has opened: ${left}\\b`,
    ),
  );
  await expect(refusal).rejects.toThrow(new RegExp(`adopt: "${left}"(.|\\n)*adopt: ""`));
  expect(await listed(scene)).toEqual([left]);
});

test.each([
  ["somebody has opened", "in-use", 0, 1],
  ["is older than an hour", "website", 3_700_000, 0],
])("one that %s is in nobody's way, and a line names it where it is young", async (_, repository, age, lines) => {
  const scene = createClassicScene();
  const contextUrl = `https://github.com/example/${repository}`;
  const left = await leftOver(scene, contextUrl);
  await scene.operation().clock.sleep(age);

  const { id } = await created(scene, workspace, { ...website, contextUrl });

  expect((await listed(scene)).sort()).toEqual([left, id].sort());
  const line = `warning: there is another Workspace of this context, made within the last hour, that somebody has opened: ${left}`;
  expect(scene.told.filter((told) => told.startsWith(line))).toHaveLength(lines);
});

test("one that a list did not show before the create is named all the same, and the new one is deleted", async () => {
  const scene = createClassicScene();
  scene.emulator.admin.lag(2);
  const left = await leftOver(scene);

  await expect(created(scene, workspace, website)).rejects.toThrow(new RegExp(`adopt: "${left}"`));

  expect(await listed(scene)).toEqual([left]);
});

test("where the new one cannot be deleted beside such a workspace, both stay and a line names them", async () => {
  const scene = createClassicScene();
  scene.emulator.admin.lag(2);
  const left = await leftOver(scene);
  const refuse = { code: "failed_precondition", message: "maintenance" } as const;
  scene.emulator.admin.fault({ method: "WorkspacesService/DeleteWorkspace", refuse });

  const { id } = await created(scene, workspace, website);

  expect(scene.told).toContainEqual(
    expect.stringMatching(
      new RegExp(`^warning: this run has created a second Workspace, ${id}, and could not delete it: ${left}\\b`),
    ),
  );
});

test("one that the engine names while the create waits is another resource's", async () => {
  const scene = createClassicScene();
  const left = await leftOver(scene);

  const creating = created(scene, workspace, website);
  scene.memory().named.add(left);

  expect((await creating).id).not.toBe(left);
});

test('with adopt: "" another one is made', async () => {
  const scene = createClassicScene();
  const left = await leftOver(scene);

  const { id } = await created(scene, workspace, { ...website, adopt: "" });

  expect((await listed(scene)).sort()).toEqual([left, id].sort());
});

test.each(["https://github.com/example/website", "git@github.com:example/website", "github.com/example/website"])(
  "a workspace is taken over with its context spelled %p",
  async (contextUrl) => {
    const scene = createClassicScene();
    const left = await leftOver(scene);

    const { id, state } = await created(scene, workspace, { ...website, contextUrl, adopt: left });

    expect(id).toBe(left);
    expect(state).toMatchObject({ outputs: { contextUrl, phase: "PHASE_RUNNING" }, seen: { ready: true } });
    expect(await listed(scene)).toEqual([left]);
  },
);

test("a workspace with variables in its context is taken over with that, spelled in another way", async () => {
  const scene = createClassicScene();
  const left = await leftOver(scene, "MODE=fast/https://github.com/example/website");
  const takeOver = (contextUrl: string) => created(scene, workspace, { ...website, contextUrl, adopt: left });

  await expect(takeOver("MODE=slow/github.com/example/website")).rejects.toThrow(/cannot change in place: contextUrl/);
  const { id } = await takeOver("MODE=fast/github.com/example/website");

  expect(id).toBe(left);
});

test("a workspace of another context is not taken over", async () => {
  const scene = createClassicScene();
  const left = await leftOver(scene);
  const contextUrl = "https://github.com/example/shop";

  await expect(created(scene, workspace, { ...website, contextUrl, adopt: left })).rejects.toThrow(
    `could not adopt Workspace ${left}: it differs in inputs that cannot change in place: contextUrl`,
  );
});

test("what is no id of a workspace cannot be taken over", async () => {
  const scene = createClassicScene();

  await expect(created(scene, workspace, { ...website, adopt: "website" })).rejects.toThrow(/^adopt: /);
});

/** A client that calls the emulator as the provider does, so that what is lost may be sent again. */
async function clientOverHttp({ emulator }: Scene): Promise<Client> {
  const { url: classicHost } = await emulator.listen();
  afterTest(() => emulator.close());
  return connect(resolveAccount({ classicToken: classicTokens.owner, classicHost }, {}, apis.experimental));
}

/** Starts a workspace as a run does that is killed before the answer. */
async function leftOver(scene: Scene, contextUrl = website.contextUrl): Promise<string> {
  const { workspaceId } = await scene
    .operation()
    .client.call(workspaces.createAndStartWorkspace, { ...website, contextUrl, startSpec: {} });
  scene.emulator.settle();
  return workspaceId;
}

/** The ids that the lists of the owner name. */
async function listed(scene: Scene): Promise<string[]> {
  const { result } = await scene.operation().client.call(workspaces.listWorkspaces, { pagination: { pageSize: 100 } });
  return result.map(({ workspaceId }) => workspaceId);
}
