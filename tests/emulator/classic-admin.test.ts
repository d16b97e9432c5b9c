import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { classicIds, classicTokens, createEmulator, type Emulator, tokens } from "../../emulator";
import { TeamRole } from "../../proto/gen/gitpod/experimental/v1/teams_pb";
import { refusal } from "./open";
import { openClassic } from "./open-classic";

const { team: teamId, stranger } = classicIds;

let served: Emulator | undefined;

afterEach(() => served?.close());

test("everything that is done to Classic from the side is reached over HTTP", async () => {
  const { emulator, settled, statusOf, listed, members, workspaces, teams } = openClassic();
  served = emulator;
  const { url } = await emulator.listen();
  const act = async (path: string, body: object = {}) => {
    const response = await fetch(`${url}/admin/classic/${path}`, { method: "POST", body: JSON.stringify(body) });
    return { status: response.status, ...JSON.parse(await response.text()) };
  };
  const [idle, collected, purged] = [await settled(), await settled(), await settled()];
  const done = [
    await act(`workspaces/${idle}/git`, { uncommitedFiles: ["a"], unpushedCommits: ["1: fix"] }),
    await act(`workspaces/${idle}/idle`),
    await act(`workspaces/${collected}/collect`),
    await act(`workspaces/${purged}/purge`),
    await act(`teams/${teamId}/role`, { userId: stranger, role: "collaborator" }),
    await act(`teams/${teamId}/single-sign-on`, { on: true }),
    await act(`teams/${teamId}/fail-deletes`, { fail: true }),
    await act(`teams/${teamId}/default-role`, { role: "collaborator" }),
  ];
  const { userId } = await act("users", { name: "Ada Lovelace", teamId });
  await teams.deleteTeam({ teamId });
  const { members: shown } = await teams.listTeamMembers({ teamId });
  const { conditions, gitStatus } = (await statusOf(idle)) ?? {};
  const missing = await act("workspaces/amber-cat-0123456789a/idle");

  expect(done.map(({ status }) => status)).toEqual(Array(8).fill(200));
  expect(conditions?.timeout).not.toBe("");
  expect([gitStatus?.totalUncommitedFiles, gitStatus?.totalUnpushedCommits]).toEqual([1, 1]);
  expect(await listed()).toEqual([idle]);
  expect((await refusal(workspaces.getWorkspace({ workspaceId: purged })))[0]).toBe("NotFound");
  expect((await refusal(teams.getTeamInvitation({ teamId })))[0]).toBe("NotFound");
  expect(await members()).toEqual(expect.arrayContaining([[stranger, TeamRole.UNSPECIFIED]]));
  expect(shown[0]).toMatchObject({ userId, fullName: "Ada Lovelace", ownedByOrganization: true });
  expect(emulator.world.classicTeams.rows.get(teamId)?.owed.defaultRole).toBe(TeamRole.UNSPECIFIED);
  expect(missing).toEqual({ status: 400, error: "no workspace amber-cat-0123456789a" });
});

test("objects of Classic are shown, changed and deleted by hand as all others", async () => {
  const { emulator, settled, read, members, workspaces } = openClassic();
  const workspaceId = await settled();
  emulator.admin.patch("classicWorkspaces", workspaceId, { description: "by hand" });
  emulator.admin.remove("classicTeamMembers", `${teamId}/${classicIds.member}`);
  const described = (await read(workspaceId)).description;
  const shown = emulator.admin.objects("classicTeams");
  emulator.admin.remove("classicWorkspaces", workspaceId);

  expect(described).toBe("by hand");
  expect(shown).toMatchObject([{ id: teamId, name: "Emulated Team" }, { name: "Other Team" }]);
  expect((await members()).map(([userId]) => userId)).not.toContain(classicIds.member);
  expect((await refusal(workspaces.getWorkspace({ workspaceId })))[0]).toBe("NotFound");
});

test("faults happen to calls of Classic, and calls are counted; services of one name are told apart", async () => {
  const { emulator, users, workspaces, start, listed } = openClassic();
  const method = "WorkspacesService/CreateAndStartWorkspace";
  emulator.admin.fault({ method, refuse: { code: "resource_exhausted", message: "too many requests" } });
  emulator.admin.fault({ method, after: 1, lost: "after" });
  const refused = await refusal(start());
  const before = await listed();
  const lost = await refusal(start());
  await users.getAuthenticatedUser({});
  await workspaces.stopWorkspace({ workspaceId: (await listed())[0] ?? "" });

  expect([refused, before.length]).toEqual([["ResourceExhausted", "too many requests"], 0]);
  expect([lost[0], (await listed()).length]).toEqual(["Aborted", 1]);
  expect(emulator.calls()).toEqual({
    [method]: 2,
    "WorkspacesService/ListWorkspaces": 3,
    "WorkspacesService/StopWorkspace": 1,
    "experimental.UserService/GetAuthenticatedUser": 1,
  });
});

test("new workspaces, teams and members stay unseen for as many reads as the replica lags", async () => {
  const { emulator, teams, workspaces, start, listed, members } = openClassic();
  emulator.admin.lag(2);
  const workspaceId = await start();
  const created = (await teams.createTeam({ name: "Shop" })).team?.id ?? "";
  await teams.updateTeamMember({ teamId, teamMember: { userId: stranger, role: TeamRole.MEMBER } });
  const seen = async () => [
    (await refusal(workspaces.getWorkspace({ workspaceId })))[0],
    (await refusal(teams.getTeam({ teamId: created })))[0],
    (await members()).length,
  ];

  expect([await seen(), await seen(), await seen()]).toEqual([
    ["NotFound", "NotFound", 4],
    ["NotFound", "NotFound", 4],
    [undefined, undefined, 5],
  ]);
  expect(await listed({ organizationId: created })).toEqual([]);
});

test("a lagging list of workspaces that shows one shows all older ones, whatever their ids", async () => {
  const { emulator, start, listed } = openClassic();
  emulator.admin.lag(9);
  const older = [await start(), await start(), await start(), await start()];
  emulator.admin.clearFaults();
  const seen = await start();
  emulator.admin.lag(9);
  await start();

  expect((await listed()).sort()).toEqual([...older, seen].sort());
});

test("a list in an organization that lags is empty, not refused", async () => {
  const { emulator, teams, workspaces } = openClassic();
  emulator.admin.lag(5);
  const organizationId = (await teams.createTeam({ name: "Shop" })).team?.id ?? "";

  expect((await workspaces.listWorkspaces({ organizationId })).result).toEqual([]);
});

test("reads of Classic let time pass at the pace of reads, and its writes do not", async () => {
  const { start, phaseOf, workspaces } = openClassic({ pace: "per-read" });
  const workspaceId = await start();
  const seen = [await phaseOf(workspaceId), await phaseOf(workspaceId)];
  await workspaces.stopWorkspace({ workspaceId });
  await workspaces.stopWorkspace({ workspaceId });

  expect([...seen, await phaseOf(workspaceId)]).toEqual(["PREPARING", "PENDING", "CREATING"]);
});

test("Classic survives in the file, and what it owes goes on; a file without it gets it anew", async () => {
  const stateFile = join(mkdtempSync(join(tmpdir(), "emulator-")), "world.json");
  const before = openClassic({ stateFile });
  const [going, deleted] = [await before.start(), await before.start()];
  await before.workspaces.deleteWorkspace({ workspaceId: deleted });
  const { team } = await before.teams.createTeam({ name: "Shop" });
  before.emulator.admin.classic.setSingleSignOn(team?.id ?? "", true);
  await before.teams.deleteTeamMember({ teamId, teamMemberId: classicIds.member });
  await before.emulator.close();

  const after = openClassic({ stateFile });
  const path = await after.path(going);
  const kept = [
    await after.listed(),
    await after.phaseOf(deleted),
    (await after.teams.listTeams({})).teams.at(-1)?.name,
  ];
  const left = (await after.members()).length;
  const invitation = await refusal(after.teams.getTeamInvitation({ teamId: team?.id ?? "" }));
  await after.emulator.close();
  const { tables, tokens: saved, ...rest } = JSON.parse(readFileSync(stateFile, "utf8"));
  const old = Object.entries(tables).filter(([name]) => !name.startsWith("classic"));
  const oldTokens = Object.entries(saved).filter(([text]) => !text.includes("classic"));
  const file = { ...rest, tables: Object.fromEntries(old), tokens: Object.fromEntries(oldTokens) };
  writeFileSync(stateFile, JSON.stringify(file));
  const anew = openClassic({ stateFile });

  expect(path.at(-1)).toBe("RUNNING");
  expect([kept, invitation[0], left]).toEqual([[[going], "STOPPED", "Shop"], "NotFound", 3]);
  expect((await anew.teams.listTeams({})).teams.map(({ name }) => name)).toEqual(["Emulated Team"]);
});

test.each([
  ["ListWorkspaces", 200],
  ["StopWorkspace", 100],
  ["GetTeam", 66],
  ["ListTeams", 66],
] as const)("on request, %s is refused after %i calls in a minute, to its user alone", async (name, allowed) => {
  const clock = { now: 1_000_000 };
  const { as, emulator, start, workspaces, teams } = openClassic({ limits: true, now: () => clock.now });
  const workspaceId = await start();
  emulator.settle();
  clock.now += 60_000;
  const call = {
    ListWorkspaces: () => workspaces.listWorkspaces({}),
    StopWorkspace: () => workspaces.stopWorkspace({ workspaceId }),
    GetTeam: () => teams.getTeam({ teamId }),
    ListTeams: () => teams.listTeams({}),
  }[name];
  let passed = 0;
  while (passed <= 200 && (await refusal(call()))[0] === undefined) {
    passed += 1;
  }
  const refused = await refusal(call());
  const other = await refusal(as(classicTokens.member).teams.getTeam({ teamId }));
  clock.now += 60_000;

  expect([passed, refused, other[0]]).toEqual([allowed, ["ResourceExhausted", "too many requests"], undefined]);
  expect((await refusal(call()))[0]).toBeUndefined();
});

test("on request, a user creates three workspaces and starts three in ten seconds, whatever others do", async () => {
  const clock = { now: 1_000_000 };
  const { as, emulator, start, workspaces } = openClassic({ limits: true, now: () => clock.now });
  const creates = await Promise.all([1, 2, 3, 4].map(() => refusal(start())));
  const [workspaceId = ""] = [...emulator.world.classicWorkspaces.rows.keys()];
  const starts = await Promise.all([1, 2, 3, 4].map(() => refusal(workspaces.startWorkspace({ workspaceId }))));
  const other = await refusal(as(classicTokens.member).workspaces.startWorkspace({ workspaceId }));
  clock.now += 10_000;
  const later = [await refusal(start()), await refusal(workspaces.startWorkspace({ workspaceId }))];
  const codes = [...creates, ...starts, ...later].map(([code]) => code);
  const few = [undefined, undefined, undefined, "ResourceExhausted"];

  expect(codes).toEqual([...few, ...few, undefined, undefined]);
  expect(other[0]).toBe("PermissionDenied");
});

test("without a request nothing is limited", async () => {
  const { start } = openClassic();

  expect(await Promise.all([1, 2, 3, 4].map(() => refusal(start())))).toEqual(
    Array(4).fill([undefined, "the call succeeded"]),
  );
});

test("the two worlds have nothing in common", async () => {
  const emulator = createEmulator();
  const ids = [...Object.values(emulator.ids), ...Object.values(emulator.classicIds)];
  const texts = [...Object.values(tokens), ...Object.values(classicTokens)];

  expect([new Set(ids).size, new Set(texts).size]).toEqual([ids.length, texts.length]);
});
