import { classicIds, classicTokens } from "../../emulator";
import { TeamRole } from "../../proto/gen/gitpod/experimental/v1/teams_pb";
import { refusal } from "./open";
import { openClassic } from "./open-classic";

const { team: teamId, owner, member, collaborator, account, stranger } = classicIds;
const nobody = "01900000-0000-7000-a000-000000000001";

test.each([
  ["Sho", undefined],
  ["x".repeat(64), undefined],
  ["Sh", "InvalidArgument"],
  ["  Sh  ", "InvalidArgument"],
  ["x".repeat(65), "InvalidArgument"],
  ["", "InvalidArgument"],
])("the name %p of a team gives %p", async (name, code) => {
  const { teams } = openClassic();

  expect((await refusal(teams.createTeam({ name })))[0]).toBe(code);
});

test("names of teams are trimmed and need not be unique", async () => {
  const { teams } = openClassic();
  const [one, other] = [await teams.createTeam({ name: " Shop " }), await teams.createTeam({ name: "Shop" })];

  expect([one.team?.name, other.team?.name]).toEqual(["Shop", "Shop"]);
  expect(one.team?.id).not.toBe(other.team?.id);
});

test("a create that is refused late has made the team", async () => {
  const { teams } = openClassic();
  const refused = await refusal(teams.createTeam({ name: "Shop refused-late" }));
  const { teams: mine } = await teams.listTeams({});

  expect(refused[0]).toBe("Internal");
  expect(mine.map(({ name }) => name)).toEqual(["Emulated Team", "Shop refused-late"]);
});

test("a team is unknown to who is not in it, and closed to collaborators", async () => {
  const { as, teams } = openClassic();
  const { teams: strangers } = as(classicTokens.stranger);
  const { teams: collaborators } = as(classicTokens.collaborator);
  const codes = async (calls: Promise<unknown>[]) => (await Promise.all(calls.map(refusal))).map(([code]) => code);
  const member = { userId: stranger, role: TeamRole.MEMBER };

  expect(
    await codes([
      strangers.getTeam({ teamId }),
      strangers.listTeamMembers({ teamId }),
      strangers.deleteTeam({ teamId }),
      strangers.getTeamInvitation({ teamId }),
      strangers.updateTeamMember({ teamId, teamMember: member }),
      strangers.deleteTeamMember({ teamId, teamMemberId: owner }),
      teams.getTeam({ teamId: nobody }),
    ]),
  ).toEqual(Array(7).fill("NotFound"));
  expect(
    await codes([
      collaborators.getTeam({ teamId }),
      collaborators.listTeamMembers({ teamId }),
      collaborators.listTeams({}),
    ]),
  ).toEqual(Array(3).fill("PermissionDenied"));
});

test("a collaborator of one team lists none of the others either", async () => {
  const { as, emulator } = openClassic();
  const { teams } = as(classicTokens.stranger);
  const before = (await teams.listTeams({})).teams.map(({ name }) => name);
  emulator.admin.classic.setRole(teamId, stranger, "collaborator");

  expect(before).toEqual(["Other Team"]);
  expect((await refusal(teams.listTeams({})))[0]).toBe("PermissionDenied");
});

test("only owners change a team, and what is no UUID is refused", async () => {
  const { as, teams } = openClassic();
  const { teams: members } = as(classicTokens.member);
  const codes = async (calls: Promise<unknown>[]) => (await Promise.all(calls.map(refusal))).map(([code]) => code);
  const teamMember = { userId: stranger, role: TeamRole.MEMBER };

  expect(
    await codes([
      members.deleteTeam({ teamId }),
      members.getTeamInvitation({ teamId }),
      members.updateTeamMember({ teamId, teamMember }),
      members.deleteTeamMember({ teamId, teamMemberId: account }),
    ]),
  ).toEqual(Array(4).fill("PermissionDenied"));
  expect(
    await codes([
      teams.getTeam({ teamId: "shop" }),
      teams.listTeamMembers({ teamId: "" }),
      teams.deleteTeam({ teamId: "shop" }),
      teams.getTeamInvitation({ teamId: "shop" }),
      teams.joinTeam({ invitationId: "" }),
      teams.updateTeamMember({ teamId: "shop", teamMember }),
      teams.updateTeamMember({ teamId, teamMember: { ...teamMember, userId: "ada" } }),
      teams.updateTeamMember({ teamId, teamMember: { userId: stranger } }),
      teams.updateTeamMember({ teamId }),
      teams.deleteTeamMember({ teamId, teamMemberId: "ada" }),
    ]),
  ).toEqual(Array(10).fill("InvalidArgument"));
});

test("a change adds who is not in the team and takes an id of nobody, who never shows", async () => {
  const { teams, members } = openClassic();
  const unknown = { userId: nobody, role: TeamRole.MEMBER };
  await teams.updateTeamMember({ teamId, teamMember: { userId: stranger, role: TeamRole.OWNER } });
  const { teamMember } = await teams.updateTeamMember({ teamId, teamMember: unknown });

  expect(teamMember).toMatchObject(unknown);
  expect(await members()).toEqual([
    [stranger, TeamRole.OWNER],
    [account, TeamRole.MEMBER],
    [collaborator, TeamRole.UNSPECIFIED],
    [member, TeamRole.MEMBER],
    [owner, TeamRole.OWNER],
  ]);
});

test("the last owner stays one whatever is asked, and leaves only when there is another", async () => {
  const { teams, members } = openClassic();
  const asked = { userId: owner, role: TeamRole.MEMBER };
  const { teamMember } = await teams.updateTeamMember({ teamId, teamMember: asked });
  const kept = (await members()).at(-1);
  const removed = await refusal(teams.deleteTeamMember({ teamId, teamMemberId: owner }));
  await teams.updateTeamMember({ teamId, teamMember: { userId: member, role: TeamRole.OWNER } });
  await teams.deleteTeamMember({ teamId, teamMemberId: owner });

  expect([teamMember?.role, kept]).toEqual([TeamRole.MEMBER, [owner, TeamRole.OWNER]]);
  expect(removed[0]).toBe("AlreadyExists");
  expect((await refusal(teams.getTeam({ teamId })))[0]).toBe("NotFound");
});

test("a member leaves alone, who is not in the team is not found, and an account of the team is deleted", async () => {
  const { as, teams, emulator, members } = openClassic();
  await as(classicTokens.member).teams.deleteTeamMember({ teamId, teamMemberId: member });
  const again = await refusal(teams.deleteTeamMember({ teamId, teamMemberId: member }));
  await teams.deleteTeamMember({ teamId, teamMemberId: account });
  const users = emulator.admin.objects("classicUsers").map((user) => Object(user).id);

  expect(again[0]).toBe("NotFound");
  expect(users).toEqual([owner, member, collaborator, stranger]);
  expect((await members()).map(([userId]) => userId)).toEqual([collaborator, owner]);
});

test("the account of a team makes, joins and deletes none", async () => {
  const { as, teams, emulator } = openClassic();
  const { teams: accounts } = as(classicTokens.account);
  emulator.admin.classic.setRole(teamId, account, "owner");
  const { teamInvitation } = await teams.getTeamInvitation({ teamId });
  const calls = [
    accounts.createTeam({ name: "Shop" }),
    accounts.joinTeam({ invitationId: teamInvitation?.id ?? "" }),
    accounts.deleteTeam({ teamId }),
  ];

  expect((await Promise.all(calls.map(refusal))).map(([code]) => code)).toEqual(Array(3).fill("PermissionDenied"));
});

test("who joins again keeps the role, and who joins without another owner becomes one", async () => {
  const { as, teams, emulator, members } = openClassic();
  const invitationId = (await teams.getTeamInvitation({ teamId })).teamInvitation?.id ?? "";
  const join = (token: string) => as(token).teams.joinTeam({ invitationId });
  const { team: own } = await join(classicTokens.owner);
  emulator.admin.classic.setRole(teamId, owner, "member");
  const { team } = await join(classicTokens.stranger);

  expect(own?.teamInvitation?.id).toBe(invitationId);
  expect(team?.members[0]).toMatchObject({ userId: stranger, role: TeamRole.OWNER });
  expect((await as(classicTokens.stranger).teams.listTeamMembers({ teamId })).members).toHaveLength(5);
  expect((await members()).at(-1)).toEqual([owner, TeamRole.MEMBER]);
});

test("who joins as a collaborator is told that it is denied, and has joined", async () => {
  const { as, teams, emulator, members } = openClassic();
  const invitationId = (await teams.getTeamInvitation({ teamId })).teamInvitation?.id ?? "";
  emulator.admin.classic.setDefaultRole(teamId, "collaborator");
  const joined = await refusal(as(classicTokens.stranger).teams.joinTeam({ invitationId }));

  expect(joined[0]).toBe("PermissionDenied");
  expect((await members())[0]).toEqual([stranger, TeamRole.UNSPECIFIED]);
});

test("a team with single sign-on has no invitation, and nothing of the reset says why", async () => {
  const { as, teams, emulator } = openClassic();
  const invitationId = (await teams.getTeamInvitation({ teamId })).teamInvitation?.id ?? "";
  emulator.admin.classic.setSingleSignOn(teamId, true);
  const { team } = await teams.getTeam({ teamId });

  expect(team?.teamInvitation).toBeUndefined();
  expect((await refusal(teams.getTeamInvitation({ teamId })))[0]).toBe("NotFound");
  expect((await refusal(as(classicTokens.stranger).teams.joinTeam({ invitationId })))[0]).toBe("NotFound");
  const resets = [
    teams.resetTeamInvitation({ teamId }),
    teams.resetTeamInvitation({ teamId: "shop" }),
    teams.resetTeamInvitation({ teamId: nobody }),
    as(classicTokens.member).teams.resetTeamInvitation({ teamId }),
  ];
  expect((await Promise.all(resets.map(refusal))).map(([code]) => code)).toEqual(Array(4).fill("Internal"));
});

test("a read makes an invitation where there is none, which stays until a reset", async () => {
  const { teams, emulator } = openClassic();
  emulator.admin.patch("classicTeams", teamId, { teamInvitation: null });
  const read = async () => (await teams.getTeamInvitation({ teamId })).teamInvitation?.id;
  const before = (await teams.getTeam({ teamId })).team?.teamInvitation;
  const [made, again] = [await read(), await read()];
  const { teamInvitation } = await teams.resetTeamInvitation({ teamId });

  expect([before, made]).toEqual([undefined, again]);
  expect(await read()).toBe(teamInvitation?.id);
  expect(teamInvitation?.id).not.toBe(made);
});

test("a team that is deleted takes its members along and leaves workspaces to their owners", async () => {
  const { as, teams, settled, listed, emulator } = openClassic();
  const workspaceId = await settled();
  await teams.deleteTeam({ teamId });

  expect(await listed()).toEqual([workspaceId]);
  expect((await as(classicTokens.collaborator).teams.listTeams({})).teams).toEqual([]);
  expect(emulator.world.classicTeamMembers.rows.size).toBe(1);
  expect((await refusal(teams.deleteTeam({ teamId })))[0]).toBe("NotFound");
});

test("a deletion may say yes and do nothing", async () => {
  const { teams, emulator } = openClassic();
  emulator.admin.classic.failDeletes(teamId);
  await teams.deleteTeam({ teamId });
  const kept = (await teams.getTeam({ teamId })).team?.id;
  emulator.admin.classic.failDeletes(teamId, false);
  await teams.deleteTeam({ teamId });

  expect(kept).toBe(teamId);
  expect((await refusal(teams.getTeam({ teamId })))[0]).toBe("NotFound");
});
