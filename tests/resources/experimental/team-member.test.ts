import { classicIds, classicTokens } from "../../../emulator";
import { check } from "../../../provider/check/check";
import { remove } from "../../../provider/lifecycle/remove";
import { team } from "../../../provider/resources/experimental/team";
import { teamMember } from "../../../provider/resources/experimental/team-member";
import { callsDuring, createClassicScene, created, notReady, refreshed, removed, type Scene, updated } from "../scene";

const [owner, member] = ["TEAM_ROLE_OWNER", "TEAM_ROLE_MEMBER"];
const nobody = "0199a1b2-0000-7000-8000-0000000000ff";

/** Sets a scene with a team that has nobody but its owner. */
async function createTeam(): Promise<{ readonly scene: Scene; readonly teamId: string }> {
  const scene = createClassicScene();
  const { id: teamId } = await created(scene, team, { name: "Platform" });
  return { scene, teamId };
}

const rolesIn = ({ emulator }: Scene, teamId: string): Record<string, number> =>
  Object.fromEntries(
    [...emulator.world.classicTeamMembers.rows.values()]
      .filter((row) => row.owner.organizationId === teamId)
      .map(({ remote }) => [remote.userId, remote.role]),
  );

test("a membership is known by its team and its user, and tells neither name nor picture", async () => {
  const { scene, teamId } = await createTeam();
  const inputs = { teamId, userId: classicIds.member, role: member };

  const kept = await created(scene, teamMember, inputs);

  expect(kept).toMatchObject({ id: `${teamId}/${classicIds.member}`, state: { inputs } });
  expect(kept.state.outputs).toEqual({
    ...inputs,
    memberSince: expect.any(String),
    primaryEmail: "member@emulator.localhost",
  });
});

test("a role changes in place, and an unknown one is refused before any call", async () => {
  const { scene, teamId } = await createTeam();
  const kept = await created(scene, teamMember, { teamId, userId: classicIds.member, role: member });

  await updated(scene, teamMember, kept, { teamId, userId: classicIds.member, role: owner });
  const { failures } = check(teamMember, { teamId, userId: classicIds.member, role: "TEAM_ROLE_UNSPECIFIED" });

  expect(kept.state.outputs.role).toBe(owner);
  expect(rolesIn(scene, teamId)[classicIds.member]).toBe(1);
  expect(failures).toMatchObject([{ path: ["role"] }]);
});

test("an equal membership is taken over with a line, and one with another role is refused", async () => {
  const { scene, teamId } = await createTeam();
  scene.emulator.admin.classic.setRole(teamId, classicIds.member, "member");
  const inputs = { teamId, userId: classicIds.member };

  await expect(created(scene, teamMember, { ...inputs, role: owner })).rejects.toThrow(
    `take it over with the input adopt: "${teamId}/${classicIds.member}"`,
  );
  const taken = await created(scene, teamMember, { ...inputs, role: member });
  const adopted = await created(scene, teamMember, { ...inputs, role: owner, adopt: taken.id });

  expect(scene.told).toContainEqual(expect.stringContaining(`TeamMember ${taken.id} is there already`));
  expect(adopted.state.outputs.role).toBe(owner);
});

test("a user id that nobody has is an error, although the server accepts it", async () => {
  const { scene, teamId } = await createTeam();

  await expect(created(scene, teamMember, { teamId, userId: nobody, role: member })).rejects.toThrow(
    "the server has accepted a user id that nobody has, and added nobody",
  );
});

test("what the last owner is asked to be is an error, although the server repeats it", async () => {
  const { scene, teamId } = await createTeam();
  const inputs = { teamId, userId: classicIds.owner };
  const kept = await created(scene, teamMember, { ...inputs, role: owner });

  const error = await notReady(updated(scene, teamMember, kept, { ...inputs, role: member }));

  expect(error.message).toContain("the server keeps TEAM_ROLE_OWNER, as it does while a team has no other owner");
  expect(error).toMatchObject({ id: kept.id, state: { inputs: { role: owner }, outputs: { role: owner } } });
});

test("an update of the last owner that failed fails again, until there is another owner", async () => {
  const { scene, teamId } = await createTeam();
  const inputs = { teamId, userId: classicIds.owner };
  const kept = await created(scene, teamMember, { ...inputs, role: owner });
  const [first, second] = [
    await notReady(updated(scene, teamMember, kept, { ...inputs, role: member })),
    await notReady(updated(scene, teamMember, kept, { ...inputs, role: member })),
  ];
  scene.emulator.admin.classic.setRole(teamId, classicIds.member, "owner");

  await updated(scene, teamMember, { ...kept, state: second.state }, { ...inputs, role: member });

  expect(second.message).toBe(first.message);
  expect(rolesIn(scene, teamId)[classicIds.owner]).toBe(2);
  expect(scene.told.slice(-1)).toEqual([
    expect.stringMatching(/^warning: TeamMember \S+ is the token's own, which is no owner of the team any more/),
  ]);
});

test("the last owner stays when its membership is deleted, and goes with the team", async () => {
  const { scene, teamId } = await createTeam();
  const kept = await created(scene, teamMember, { teamId, userId: classicIds.owner, role: owner });

  await removed(scene, teamMember, kept);

  expect(scene.told).toContain(
    `warning: TeamMember ${kept.id} is kept: the team has no other owner, so that it goes with the team`,
  );
  expect(Object.keys(rolesIn(scene, teamId))).toEqual([classicIds.owner]);
});

test("the last owner cannot be taken over as a member", async () => {
  const { scene, teamId } = await createTeam();
  const inputs = { teamId, userId: classicIds.owner, role: member };

  await expect(created(scene, teamMember, inputs)).rejects.toThrow(/take it over with the input adopt/);
  const error = await notReady(created(scene, teamMember, { ...inputs, adopt: `${teamId}/${classicIds.owner}` }));

  expect(error.message).toContain("the server keeps TEAM_ROLE_OWNER, as it does while a team has no other owner");
  expect(rolesIn(scene, teamId)).toEqual({ [classicIds.owner]: 1 });
});

test("a destroy of a team with all its members, the last owner among them, comes to its end", async () => {
  const scene = createClassicScene();
  const whole = await created(scene, team, { name: "Platform" });
  const members = await Promise.all(
    [classicIds.owner, classicIds.stranger].map((userId) =>
      created(scene, teamMember, { teamId: whole.id, userId, role: owner }),
    ),
  );
  scene.restart();

  for (const each of [...members].reverse()) await removed(scene, teamMember, each);
  await removed(scene, team, whole);

  expect(scene.told.filter((line) => line.startsWith("warning: "))).toEqual([
    `warning: TeamMember ${members[0]?.id} is kept: the team has no other owner, so that it goes with the team`,
  ]);
  expect(scene.emulator.world.classicTeams.rows.has(whole.id)).toBe(false);
  expect(rolesIn(scene, whole.id)).toEqual({});
});

test("the token's own membership is kept beside another owner, so that the rest of a destroy is not told that all is gone", async () => {
  const scene = createClassicScene();
  const whole = await created(scene, team, { name: "Platform" });
  const make = (userId: string) => created(scene, teamMember, { teamId: whole.id, userId, role: owner });
  const [own, other] = [await make(classicIds.owner), await make(classicIds.stranger)];
  scene.restart();

  for (const each of [own, other]) await removed(scene, teamMember, each);
  await removed(scene, team, whole);

  expect(scene.told.filter((line) => line.startsWith("warning: "))).toEqual([
    `warning: TeamMember ${own.id} is kept: it is the token's own, which could do nothing to the team without it, so that it goes with the team, or when its user leaves`,
  ]);
  expect(scene.emulator.world.classicTeams.rows.has(whole.id)).toBe(false);
});

test("the token's own membership is deleted where it is no owner's, and is done with where the team is gone", async () => {
  const scene = createClassicScene();
  const { id: teamId } = await created(scene, team, { name: "Platform" });
  const inputs = { teamId, userId: classicIds.owner, role: owner };
  const own = await created(scene, teamMember, inputs);
  await created(scene, teamMember, { ...inputs, userId: classicIds.stranger });
  await updated(scene, teamMember, own, { ...inputs, role: member });

  await removed(scene, teamMember, own);
  await removed(scene, teamMember, own);

  expect(Object.keys(rolesIn(scene, teamId))).toEqual([classicIds.stranger]);
});

test("an owner beside another one is deleted", async () => {
  const { scene, teamId } = await createTeam();
  const kept = await created(scene, teamMember, { teamId, userId: classicIds.member, role: owner });

  await removed(scene, teamMember, kept);

  expect(Object.keys(rolesIn(scene, teamId))).toEqual([classicIds.owner]);
});

test.each([owner, member])(
  "a deletion of a %s that the server refuses for another reason than the last owner is no success",
  async (role) => {
    const { scene, teamId } = await createTeam();
    const kept = await created(scene, teamMember, { teamId, userId: classicIds.member, role });
    const refuse = { code: "already_exists", message: "busy" } as const;
    scene.emulator.admin.fault({ method: "TeamsService/DeleteTeamMember", refuse });

    await expect(removed(scene, teamMember, kept)).rejects.toThrow("busy");
  },
);

test("a member that lists do not show at once is there, since reads may lag behind writes", async () => {
  const { scene, teamId } = await createTeam();
  scene.emulator.admin.lag(2);

  const kept = await created(scene, teamMember, { teamId, userId: classicIds.member, role: member });

  expect(kept.state.outputs.role).toBe(member);
});

test("an account that belongs to the team is deleted with its membership only where the program agrees", async () => {
  const scene = createClassicScene();
  const inputs = { teamId: classicIds.team, userId: classicIds.account, role: member };
  const kept = await created(scene, teamMember, inputs);

  await expect(removed(scene, teamMember, kept)).rejects.toThrow(
    `TeamMember ${kept.id} has an account that belongs to the team, which its deletion would destroy. Set deleteAccount: true`,
  );
  const accounts = scene.emulator.world.classicUsers.rows;
  expect(accounts.has(classicIds.account)).toBe(true);
  await updated(scene, teamMember, kept, { ...inputs, deleteAccount: true });
  await removed(scene, teamMember, kept);

  expect(accounts.has(classicIds.account)).toBe(false);
});

test("a collaborator shows as unspecified, which the next update repairs", async () => {
  const { scene, teamId } = await createTeam();
  const inputs = { teamId, userId: classicIds.member, role: member };
  const kept = await created(scene, teamMember, inputs);
  scene.emulator.admin.classic.setRole(teamId, classicIds.member, "collaborator");

  const seen = await refreshed(scene, teamMember, kept);
  await updated(scene, teamMember, kept, inputs);

  expect(seen?.inputs.role).toBe("TEAM_ROLE_UNSPECIFIED");
  expect(rolesIn(scene, teamId)[classicIds.member]).toBe(2);
});

test("a member that somebody has put out is gone, and so are all members of a team that is gone", async () => {
  const { scene, teamId } = await createTeam();
  const kept = await created(scene, teamMember, { teamId, userId: classicIds.member, role: member });
  scene.emulator.world.classicTeamMembers.rows.clear();
  await scene.operation().clock.sleep(61_000);

  expect(await refreshed(scene, teamMember, kept)).toBeUndefined();
  await remove(teamMember, scene.operation(), kept.id, kept.state);
});

test("a membership that another user is told nothing of is not gone", async () => {
  const { scene, teamId } = await createTeam();
  const kept = await created(scene, teamMember, { teamId, userId: classicIds.member, role: member });
  const stranger = createClassicScene(classicTokens.stranger);

  await expect(refreshed(stranger, teamMember, kept)).rejects.toThrow(`is not visible to ${classicIds.stranger}`);
});

test("a refresh of fifty members of one team is one list", async () => {
  const { scene, teamId } = await createTeam();
  const users = Array.from({ length: 50 }, () => scene.emulator.admin.classic.addUser());
  const all = await Promise.all(users.map((userId) => created(scene, teamMember, { teamId, userId, role: member })));

  const calls = await callsDuring(scene, () => Promise.all(all.map((kept) => refreshed(scene, teamMember, kept))));

  expect(calls).toEqual({ "TeamsService/ListTeamMembers": 1 });
});

test("a server older than July 2023, which adds nobody, says so with its own words", async () => {
  const { scene, teamId } = await createTeam();
  const refuse = { code: "not_found", message: "no such member" } as const;
  scene.emulator.admin.fault({ method: "TeamsService/UpdateTeamMember", refuse });

  await expect(created(scene, teamMember, { teamId, userId: classicIds.member, role: member })).rejects.toThrow(
    "no such member",
  );
});

test("a member whose answer was lost is there once", async () => {
  const { scene, teamId } = await createTeam();
  scene.emulator.admin.fault({ method: "TeamsService/UpdateTeamMember", lost: "after" });

  const kept = await created(scene, teamMember, { teamId, userId: classicIds.member, role: member });

  expect(kept.state.outputs.role).toBe(member);
});
