import { classicIds, classicTokens, createEmulator } from "../../../emulator";
import { call } from "../../../provider/functions/call";
import type { Json, JsonObject } from "../../../provider/value/json";

const { team: teamId } = classicIds;
const closing: (() => Promise<void>)[] = [];

afterEach(() => Promise.all(closing.splice(0).map((close) => close())));

test("what tells an invitation is secret, and no preview asks for it", async () => {
  const { ask, calls } = await openClassic();
  const telling = [
    ["getTeam", { teamId }] as const,
    ["listTeams", {}] as const,
    ["getTeamInvitation", { teamId }] as const,
  ];

  const planned = await Promise.all(telling.map(([name, args]) => ask(name, args, true)));
  const before = calls();
  const told = await Promise.all(telling.map(([name, args]) => ask(name, args)));

  expect(planned.map(({ answer }) => answer)).toEqual([undefined, undefined, undefined]);
  expect(before).toEqual({});
  expect(told.map(({ isSecret }) => isSecret)).toEqual([true, true, true]);
  const [team, teams, invitation] = told.map(({ answer }) => answer);
  expect(team).toMatchObject({ id: teamId, name: "Emulated Team", teamInvitation: invitation as JsonObject });
  expect(teams).toMatchObject([{ id: teamId }]);
});

test("reads that tell no secret are made in a preview as well", async () => {
  const { ask } = await openClassic();

  const user = await ask("getAuthenticatedUser", {}, true);
  const members = await ask("listTeamMembers", { teamId }, true);
  const editors = await ask("listEditorOptions", {}, true);

  expect(user).toMatchObject({ answer: { id: classicIds.owner, name: "owner" }, isSecret: false });
  expect(idsIn(members.answer, "userId").sort()).toEqual(
    [classicIds.owner, classicIds.member, classicIds.collaborator, classicIds.account].sort(),
  );
  expect(idsIn(editors.answer, "id")).toContain("code");
});

test("a team is joined by an update and not by a preview", async () => {
  const { ask } = await openClassic();
  const { answer } = await ask("getTeamInvitation", { teamId });
  const invitationId = (answer as JsonObject).id ?? "";
  const memberIds = async () => idsIn((await ask("listTeamMembers", { teamId })).answer, "userId");
  const join = (isPreview: boolean) => ask("joinTeam", { invitationId }, isPreview, classicTokens.stranger);

  const planned = await join(true);
  const before = await memberIds();
  const joined = await join(false);

  expect(planned.answer).toBeUndefined();
  expect(before).not.toContain(classicIds.stranger);
  expect(joined).toMatchObject({ answer: { id: teamId }, isSecret: true });
  expect(await memberIds()).toContain(classicIds.stranger);
});

test("who joins as a collaborator is told the refusal, and has joined", async () => {
  const { ask, admin } = await openClassic();
  admin.classic.setDefaultRole(teamId, "collaborator");
  const { answer } = await ask("getTeamInvitation", { teamId });
  const invitationId = (answer as JsonObject).id ?? "";

  await expect(ask("joinTeam", { invitationId }, false, classicTokens.stranger)).rejects.toThrow(
    /^joinTeam: a collaborator cannot read team .* is refused the answer although they have joined\.$/,
  );

  expect(idsIn((await ask("listTeamMembers", { teamId })).answer, "userId")).toContain(classicIds.stranger);
});

test("what a function has to be told is refused before any call", async () => {
  const { ask, calls } = await openClassic();

  await expect(ask("listTeamMembers", {})).rejects.toThrow("listTeamMembers: teamId: is required");

  expect(calls()).toEqual({});
});

const idsIn = (entries: Json | undefined, name: string): Json[] =>
  Array.isArray(entries) ? entries.map((entry) => (entry as JsonObject)[name] ?? null) : [];

async function openClassic() {
  const emulator = createEmulator();
  const { url: classicHost } = await emulator.listen();
  closing.push(() => emulator.close());
  return {
    admin: emulator.admin,
    calls: () => emulator.calls(),
    ask: (name: string, args: JsonObject, isPreview = false, classicToken: string = classicTokens.owner) =>
      call(`experimental:${name}`, args, { classicToken, classicHost }, isPreview),
  };
}
