import { classicIds, classicTokens } from "../../emulator";
import {
  AdmissionLevel,
  WorkspaceInstanceStatus_Phase as Phase,
  PortPolicy,
  PortProtocol,
} from "../../proto/gen/gitpod/experimental/v1/workspaces_pb";
import { refusal } from "./open";
import { openClassic, shop } from "./open-classic";

const way = ["PREPARING", "PENDING", "CREATING", "INITIALIZING"];

test("a workspace comes up by one phase with each step, and tells its URL once it is prepared", async () => {
  const { start, path, statusOf } = openClassic();
  const id = await start();
  const before = await statusOf(id);

  expect([before?.url, before?.statusVersion]).toEqual(["", 0n]);
  expect(await path(id)).toEqual([...way, "RUNNING"]);
  expect(await statusOf(id)).toMatchObject({ url: `https://${id}.ws.emulator.localhost`, statusVersion: 4n });
});

test("a stop is asked for, and what it changes comes with the steps; a start is another instance", async () => {
  const { workspaces, settled, path, phaseOf, read } = openClassic();
  const workspaceId = await settled();
  const { result: asked } = await workspaces.stopWorkspace({ workspaceId });
  const down = await path(workspaceId);
  const before = (await read(workspaceId)).status?.instance;
  const { result: started } = await workspaces.startWorkspace({ workspaceId });
  const after = started?.status?.instance;

  expect(asked?.status?.instance?.status?.phase).toBe(Phase.RUNNING);
  expect(down).toEqual(["RUNNING", "STOPPING", "STOPPED"]);
  expect(after?.instanceId).not.toBe(before?.instanceId);
  expect([before?.status?.statusVersion, after?.status?.statusVersion]).toEqual([6n, 0n]);
  expect(await phaseOf(workspaceId)).toBe("PREPARING");
});

test("a start does nothing and succeeds unless the workspace is stopped", async () => {
  const { workspaces, emulator, start, path, read } = openClassic();
  const workspaceId = await start();
  const seen = [];
  for (const act of [
    () => 0,
    () => emulator.settle(),
    () => workspaces.stopWorkspace({ workspaceId }),
    emulator.step,
  ]) {
    await act();
    const { instanceId } = (await read(workspaceId)).status?.instance ?? {};
    const { result } = await workspaces.startWorkspace({ workspaceId });
    seen.push(result?.status?.instance?.instanceId === instanceId);
  }

  expect(seen).toEqual([true, true, true, true]);
  expect(await path(workspaceId)).toEqual(["STOPPING", "STOPPED"]);
});

test("a workspace that is asked to stop on its way up stops, and one that is stopped is stopped again", async () => {
  const { workspaces, emulator, start, path } = openClassic();
  const workspaceId = await start();
  emulator.step();
  await workspaces.stopWorkspace({ workspaceId });

  expect(await path(workspaceId)).toEqual(["PENDING", "STOPPING", "STOPPED"]);
  expect((await workspaces.stopWorkspace({ workspaceId })).result?.workspaceId).toBe(workspaceId);
  expect(await path(workspaceId)).toEqual(["STOPPED"]);
});

test("a deleted workspace stops, is read until it is purged, and never starts again", async () => {
  const { workspaces, emulator, settled, path, listed } = openClassic();
  const workspaceId = await settled();
  await workspaces.deleteWorkspace({ workspaceId });
  const left = await listed();
  const down = await path(workspaceId);
  const again = await refusal(workspaces.deleteWorkspace({ workspaceId }));
  const started = await refusal(workspaces.startWorkspace({ workspaceId }));
  emulator.admin.classic.purge(workspaceId);

  expect([left, down]).toEqual([[], ["RUNNING", "STOPPING", "STOPPED"]]);
  expect([again[0], started[0]]).toEqual([undefined, "NotFound"]);
  expect((await refusal(workspaces.getWorkspace({ workspaceId })))[0]).toBe("NotFound");
});

test.each([
  ["  https://github.com/acme/shop ", shop, shop],
  ["github.com/acme/shop", shop, shop],
  ["git@github.com:acme/shop.git", `${shop}.git`, `${shop}.git`],
  [`${shop}/tree/main`, `${shop}/tree/main`, `${shop}/tree/main`],
  ["MODE=test/github.com/acme/shop", `MODE=test/${shop}`, shop],
  ["gitlab.com/acme/shop", "https://gitlab.com/acme/shop", "https://gitlab.com/acme/shop"],
  ["bitbucket.org/acme/shop", "https://bitbucket.org/acme/shop", "https://bitbucket.org/acme/shop"],
])("the context URL %p comes back as %p", async (value, contextUrl, normalizedContextUrl) => {
  const { workspaces, read } = openClassic();
  const { workspaceId } = await workspaces.createAndStartWorkspace({
    source: { case: "contextUrl", value },
    startSpec: {},
    organizationId: classicIds.team,
  });
  const { context } = await read(workspaceId);

  expect(context?.contextUrl).toBe(contextUrl);
  expect(context?.details).toMatchObject({
    case: "git",
    value: { normalizedContextUrl, repository: { owner: "acme", name: "shop" } },
  });
});

test.each([
  ["fail-start", [...way, "STOPPING", "STOPPED"], [...way, "STOPPING", "STOPPED"]],
  ["fail-start-once", [...way, "STOPPING", "STOPPED"], [...way, "RUNNING"]],
  ["stuck-creating", ["PREPARING", "PENDING", "CREATING"], ["CREATING"]],
  ["idle-after-running", [...way, "RUNNING", "STOPPING", "STOPPED"], [...way, "RUNNING", "STOPPING", "STOPPED"]],
])("a repository with %s in its name goes another way", async (repository, first, second) => {
  const { workspaces, start, path } = openClassic();
  const workspaceId = await start(repository);

  expect(await path(workspaceId)).toEqual(first);
  await workspaces.startWorkspace({ workspaceId });
  expect(await path(workspaceId)).toEqual(second);
});

test("a failure tells its reason until the next instance, and a stop for idleness is none", async () => {
  const { workspaces, settled, statusOf } = openClassic();
  const failed = await settled("fail-start-once");
  const before = await statusOf(failed);
  await workspaces.startWorkspace({ workspaceId: failed });
  const after = await statusOf(failed);
  const idle = await statusOf(await settled("idle-after-running"));

  expect([before?.conditions?.failed, before?.message]).toEqual([
    "the content could not be fetched",
    "the workspace could not be started: the content could not be fetched",
  ]);
  expect([after?.conditions?.failed, after?.message]).toEqual(["", ""]);
  expect([idle?.conditions?.failed, idle?.conditions?.timeout]).toEqual(["", expect.stringContaining("inactivity")]);
});

test("a workspace that sticks while it stops is deleted all the same", async () => {
  const { workspaces, settled, path, listed } = openClassic();
  const workspaceId = await settled("stuck-stopping");
  await workspaces.deleteWorkspace({ workspaceId });

  expect(await path(workspaceId)).toEqual(["RUNNING", "STOPPING"]);
  expect(await listed()).toEqual([]);
});

test("a create that is refused late leaves a workspace without an instance, which no start brings up", async () => {
  const { workspaces, emulator, start, listed, phaseOf } = openClassic();
  const refused = await refusal(start("refused-late"));
  const [workspaceId = ""] = await listed();
  emulator.settle();

  expect(refused[0]).toBe("FailedPrecondition");
  expect(await phaseOf(workspaceId)).toBe("none");
  expect((await refusal(workspaces.startWorkspace({ workspaceId })))[0]).toBe("FailedPrecondition");
  expect((await workspaces.stopWorkspace({ workspaceId })).result?.status?.instance).toBeUndefined();
  expect((await refusal(workspaces.getOwnerToken({ workspaceId })))[0]).toBe("NotFound");
  expect(await listed()).toEqual([workspaceId]);
});

test("a class that is not allowed is refused late, and one that does not exist fails the start at once", async () => {
  const { start, settled, path, statusOf, listed } = openClassic();
  const refused = await refusal(start("shop", { workspaceClass: "g1-huge" }));
  const left = await listed();
  const id = await start("shop", { workspaceClass: "g9-tiny" });

  expect([refused[0], left.length]).toEqual(["FailedPrecondition", 1]);
  expect(await path(id)).toEqual(["PREPARING", "STOPPED"]);
  expect((await statusOf(id))?.conditions?.failed).toBe("there is no workspace class g9-tiny");
  expect((await statusOf(await settled("shop", { workspaceClass: "g1-large" })))?.phase).toBe(Phase.RUNNING);
});

test("an unknown editor is `code`, and the editor stays with the next instance", async () => {
  const { workspaces, emulator, settled, statusOf } = openClassic();
  const [known, unknown] = [
    await settled("shop", { defaultIde: "intellij" }),
    await settled("shop", { defaultIde: "ed" }),
  ];
  await workspaces.stopWorkspace({ workspaceId: known });
  emulator.settle();
  await workspaces.startWorkspace({ workspaceId: known });

  expect([(await statusOf(known))?.editor?.name, (await statusOf(unknown))?.editor?.name]).toEqual([
    "intellij",
    "code",
  ]);
});

test("workspaces that are not stopped are listed first, then those that were used last", async () => {
  const clock = { now: 1_000_000 };
  const { workspaces, emulator, start, listed } = openClassic({ now: () => clock.now });
  const made = [];
  for (const repository of ["one", "two", "three"]) {
    made.push(await start(repository));
    clock.now += 1000;
  }
  emulator.settle();
  const [one = "", two = "", three = ""] = made;
  for (const workspaceId of [one, three, two]) {
    clock.now += 1000;
    await workspaces.stopWorkspace({ workspaceId });
  }
  emulator.settle();
  clock.now += 1000;
  await workspaces.stopWorkspace({ workspaceId: one });
  const stopped = await listed();
  await workspaces.startWorkspace({ workspaceId: one });

  expect(stopped).toEqual([two, three, one]);
  expect(await listed()).toEqual([one, two, three]);
  expect(await listed({ organizationId: classicIds.otherTeam })).toEqual([]);
});

test("another user's workspace is denied to members of its organization, and unknown to everybody else", async () => {
  const { as, settled, emulator } = openClassic();
  const workspaceId = await settled();
  const seen = async (token: string) => {
    const { workspaces } = as(token);
    const port = { port: 3000n, policy: PortPolicy.PUBLIC };
    const calls = [
      workspaces.getWorkspace({ workspaceId }),
      workspaces.startWorkspace({ workspaceId }),
      workspaces.stopWorkspace({ workspaceId }),
      workspaces.deleteWorkspace({ workspaceId }),
      workspaces.getOwnerToken({ workspaceId }),
      workspaces.updatePort({ workspaceId, port }),
    ];
    return [...new Set((await Promise.all(calls.map(refusal))).map(([code]) => code))];
  };

  expect(await seen(classicTokens.member)).toEqual(["PermissionDenied"]);
  expect(await seen(classicTokens.stranger)).toEqual(["NotFound"]);
  expect((await as(classicTokens.member).workspaces.listWorkspaces({})).result).toEqual([]);
  emulator.admin.patch("classicWorkspaces", workspaceId, {
    status: { instance: { status: { admission: "ADMISSION_LEVEL_EVERYONE" } } },
  });
  const { result } = await as(classicTokens.stranger).workspaces.getWorkspace({ workspaceId });
  expect(result?.status?.instance?.status?.admission).toBe(AdmissionLevel.EVERYONE);
});

test("what is no id of a workspace is refused, and one of nothing is not found", async () => {
  const { workspaces } = openClassic();
  const code = async (workspaceId: string) => (await refusal(workspaces.getWorkspace({ workspaceId })))[0];

  expect(await Promise.all(["", "shop", "Amber-cat-0123456789a"].map(code))).toEqual(Array(3).fill("InvalidArgument"));
  expect(await Promise.all(["amber-cat-0123456789a", classicIds.team].map(code))).toEqual(Array(2).fill("NotFound"));
});

test("a collaborator cannot create a workspace", async () => {
  const { as } = openClassic();
  const { workspaces } = as(classicTokens.collaborator);
  const refused = await refusal(
    workspaces.createAndStartWorkspace({
      source: { case: "contextUrl", value: shop },
      startSpec: {},
      organizationId: classicIds.team,
    }),
  );

  expect(refused[0]).toBe("FailedPrecondition");
});

test("the owner token is there once a machine is sought, and belongs to the instance", async () => {
  const { workspaces, emulator, start } = openClassic();
  const workspaceId = await start();
  const early = await refusal(workspaces.getOwnerToken({ workspaceId }));
  emulator.settle();
  const { token } = await workspaces.getOwnerToken({ workspaceId });
  await workspaces.stopWorkspace({ workspaceId });
  emulator.settle();
  const { token: stopped } = await workspaces.getOwnerToken({ workspaceId });
  await workspaces.startWorkspace({ workspaceId });
  const again = await refusal(workspaces.getOwnerToken({ workspaceId }));
  emulator.settle();

  expect([early[0], stopped, again[0]]).toEqual(["NotFound", token, "NotFound"]);
  expect((await workspaces.getOwnerToken({ workspaceId })).token).not.toBe(token);
});

test("a port is opened on a running instance, moves to the end when it changes, and is lost with the instance", async () => {
  const { workspaces, emulator, settled, statusOf } = openClassic();
  const workspaceId = await settled();
  const open = (port: bigint, policy: PortPolicy, protocol?: PortProtocol) =>
    workspaces.updatePort({ workspaceId, port: { port, policy, ...(protocol === undefined ? {} : { protocol }) } });
  await open(3000n, PortPolicy.PUBLIC);
  await open(4000n, PortPolicy.PRIVATE, PortProtocol.HTTPS);
  await open(3000n, PortPolicy.PRIVATE);
  const ports = (await statusOf(workspaceId))?.ports;
  await workspaces.stopWorkspace({ workspaceId });
  emulator.settle();
  await open(3000n, PortPolicy.PUBLIC);

  expect(ports).toMatchObject([
    { port: 4000n, policy: PortPolicy.PRIVATE, protocol: PortProtocol.HTTPS },
    { port: 3000n, policy: PortPolicy.PRIVATE, protocol: PortProtocol.HTTP },
  ]);
  expect((await statusOf(workspaceId))?.ports).toEqual([]);
});

test("a port without a policy is refused, and so is one of a workspace on its way up or down", async () => {
  const { workspaces, emulator, start } = openClassic();
  const workspaceId = await start();
  const open = async (policy: PortPolicy) =>
    (await refusal(workspaces.updatePort({ workspaceId, port: { port: 3000n, policy } })))[0];
  const up = [await open(PortPolicy.UNSPECIFIED), await open(PortPolicy.PUBLIC)];
  emulator.settle();
  await workspaces.stopWorkspace({ workspaceId });
  emulator.step();

  expect([...up, await open(PortPolicy.PUBLIC)]).toEqual([
    "InvalidArgument",
    "FailedPrecondition",
    "FailedPrecondition",
  ]);
});

test("the stream of a status tells each change once, and not the present state", async () => {
  const { workspaces, emulator, start } = openClassic();
  const workspaceId = await start();
  emulator.step();
  const abort = new AbortController();
  const stream = workspaces.streamWorkspaceStatus({ workspaceId }, { signal: abort.signal });
  const reader = stream[Symbol.asyncIterator]();
  const next = async () => (await reader.next()).value?.result?.instance?.status?.phase;
  const first = next();
  while (emulator.admin.streams() === 0) {
    await new Promise(setImmediate);
  }
  emulator.step();
  const seen = [await first];
  await workspaces.stopWorkspace({ workspaceId });
  emulator.step();
  seen.push(await next());
  abort.abort();

  expect(seen).toEqual([Phase.CREATING, Phase.STOPPING]);
});

test("a workspace without an instance has no stream", async () => {
  const { workspaces, start, listed } = openClassic();
  await refusal(start("refused-late"));
  const [workspaceId = ""] = await listed();
  const [first] = await refusal(workspaces.streamWorkspaceStatus({ workspaceId })[Symbol.asyncIterator]().next());

  expect(first).toBe("FailedPrecondition");
});

test("a workspace is collected, goes idle and reports its working copy, which the next instance keeps", async () => {
  const { workspaces, emulator, settled, statusOf, path, listed } = openClassic();
  const { classic } = emulator.admin;
  const [idle, collected] = [await settled(), await settled("in-use")];
  const before = (await statusOf(idle))?.gitStatus;
  classic.setGitStatus(idle, { uncommitedFiles: ["a"], untrackedFiles: ["b", "c"], unpushedCommits: ["1: fix"] });
  classic.idle(idle);
  const down = await path(idle);
  const timeout = (await statusOf(idle))?.conditions?.timeout;
  await workspaces.startWorkspace({ workspaceId: idle });
  const after = (await statusOf(idle))?.gitStatus;
  const activity = (await statusOf(collected))?.conditions?.firstUserActivity;
  classic.collect(collected);

  expect([before, down, timeout]).toEqual([undefined, ["STOPPING", "STOPPED"], expect.stringContaining("inactivity")]);
  expect(after).toMatchObject({ totalUncommitedFiles: 1, totalUntrackedFiles: 2, totalUnpushedCommits: 1 });
  expect(activity).toBeDefined();
  expect(await listed()).toEqual([idle]);
  expect((await statusOf(collected))?.phase).toBe(Phase.STOPPED);
});
