import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { ids, tokens } from "../../emulator";
import { open, refusal } from "./open";

const shop = { organizationId: ids.organization, name: "Shop" };

test("a team counts its members, who carry their names, and is changed and listed by its name", async () => {
  const { teams } = open();
  const { team } = await teams.createTeam(shop);
  const teamId = team?.id ?? "";
  const { member } = await teams.addTeamMember({ teamId, userId: ids.colleague });
  const renamed = await teams.updateTeam({ teamId, name: "Store" });

  expect(team).toMatchObject({ name: "Shop", organizationId: ids.organization, memberCount: 0, creatorId: ids.owner });
  expect(renamed.team).toMatchObject({ id: teamId, name: "Store", memberCount: 1 });
  expect(member).toMatchObject({ teamId, userId: ids.colleague, name: "user-0003" });
  expect((await teams.listTeams({ filter: { search: "sTO" } })).teams).toEqual([renamed.team]);
  expect((await teams.listTeams({ filter: { search: "shop" } })).teams).toEqual([]);
  expect((await teams.listTeamMembers({ teamId, count: { include: true } })).count?.value).toBe(1);
});

test("a team says to the second when it was made and when it last changed", async () => {
  const clock = { now: 5_700 };
  const { teams } = open({ now: () => clock.now });
  const { team } = await teams.createTeam(shop);
  clock.now = 9_900;
  const renamed = (await teams.updateTeam({ teamId: team?.id ?? "", name: "Store" })).team;

  expect([team?.createdAt, team?.updatedAt]).toEqual([timestampFromMs(5_000), timestampFromMs(5_000)]);
  expect([renamed?.createdAt, renamed?.updatedAt]).toEqual([timestampFromMs(5_000), timestampFromMs(9_000)]);
});

test("teams come page by page, the oldest first, and the last page has no token", async () => {
  const { teams } = open();
  const made = [];
  for (const name of ["One", "Two", "Three"]) {
    made.push((await teams.createTeam({ ...shop, name })).team);
  }
  const first = await teams.listTeams({ pagination: { pageSize: 2 } });
  const last = await teams.listTeams({ pagination: { pageSize: 2, token: first.pagination?.nextToken ?? "" } });

  expect([...first.teams, ...last.teams]).toEqual(made);
  expect([first.teams.length, last.pagination?.nextToken]).toEqual([2, ""]);
});

test("a user is in one team of the organization", async () => {
  const { teams } = open();
  const [one, other] = [(await teams.createTeam(shop)).team?.id ?? "", (await teams.createTeam(shop)).team?.id ?? ""];
  await teams.addTeamMember({ teamId: one, userId: ids.colleague });

  const again = await refusal(teams.addTeamMember({ teamId: other, userId: ids.colleague }));

  expect(again).toEqual(["AlreadyExists", `user ${ids.colleague} is in team ${one} already`]);
});

test("a membership is ended by its own id, and with its team", async () => {
  const { emulator, teams } = open();
  const teamId = (await teams.createTeam(shop)).team?.id ?? "";
  const { member } = await teams.addTeamMember({ teamId, userId: ids.colleague });
  const byUser = await refusal(teams.removeTeamMember({ teamMemberId: ids.colleague }));
  await teams.removeTeamMember({ teamMemberId: member?.id ?? "" });
  await teams.addTeamMember({ teamId, userId: ids.colleague });
  await teams.deleteTeam({ teamId });

  expect(byUser[0]).toBe("NotFound");
  expect(emulator.world.teamMembers.rows.size).toBe(0);
  expect((await refusal(teams.listTeamMembers({ teamId })))[0]).toBe("NotFound");
  expect((await refusal(teams.deleteTeam({ teamId })))[0]).toBe("NotFound");
});

test("only who is in the organization joins a team", async () => {
  const { emulator, teams } = open();
  const teamId = (await teams.createTeam(shop)).team?.id ?? "";
  const newcomer = emulator.admin.addMember({ name: "Ada Lovelace" });

  const { member } = await teams.addTeamMember({ teamId, userId: newcomer });

  expect(member?.name).toBe("Ada Lovelace");
  expect((await refusal(teams.addTeamMember({ teamId, userId: ids.stranger })))[0]).toBe("NotFound");
});

test("teams are changed by administrators, read by members, and unknown to other organizations", async () => {
  const { as, teams } = open();
  const teamId = (await teams.createTeam(shop)).team?.id ?? "";
  const [colleague, stranger] = [as(tokens.colleague).teams, as(tokens.stranger).teams];

  expect((await colleague.getTeam({ teamId })).team?.name).toBe("Shop");
  expect((await refusal(colleague.createTeam(shop)))[0]).toBe("PermissionDenied");
  expect((await refusal(colleague.updateTeam({ teamId, name: "Mine" })))[0]).toBe("PermissionDenied");
  expect((await refusal(stranger.createTeam(shop)))[0]).toBe("NotFound");
  expect((await refusal(stranger.getTeam({ teamId })))[0]).toBe("NotFound");
  expect((await refusal(stranger.deleteTeam({ teamId })))[0]).toBe("NotFound");
});
