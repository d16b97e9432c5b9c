import { classicIds, classicTokens } from "../../../emulator";
import { TeamsService } from "../../../proto/gen/gitpod/experimental/v1/teams_pb";
import { read } from "../../../provider/lifecycle/read";
import { secretPlaces } from "../../../provider/mapping/secret-paths";
import { expectedOutputs } from "../../../provider/plugin/preview";
import { storedOutputs } from "../../../provider/pulumi/stored-properties";
import { secretValue } from "../../../provider/pulumi/value";
import { teamInvitation } from "../../../provider/resources/experimental/team-invitation";
import { unknown } from "../../../provider/value/json";
import {
  callsDuring,
  createClassicScene,
  created,
  difference,
  type Kept,
  refreshed,
  removed,
  type Scene,
} from "../scene";

const { team: teamId } = classicIds;
const methods = TeamsService.method;

const current = ({ emulator }: Scene): string =>
  emulator.world.classicTeams.rows.get(teamId)?.remote.teamInvitation?.id ?? "";

const rotate = (scene: Scene): Promise<unknown> =>
  scene.operation().client.call(methods.resetTeamInvitation, { teamId });

async function createInvitation(): Promise<{ readonly scene: Scene; readonly kept: Kept; readonly before: string }> {
  const scene = createClassicScene();
  await scene.operation().client.call(methods.getTeamInvitation, { teamId });
  const before = current(scene);
  return { scene, kept: await created(scene, teamInvitation, { teamId }), before };
}

test("an invitation is a new one, told as a secret, and the earlier one is dead", async () => {
  const { scene, kept, before } = await createInvitation();

  expect(kept).toMatchObject({ id: teamId, state: { outputs: { teamId, invitationId: current(scene) } } });
  expect(current(scene)).not.toBe(before);
  expect(secretPlaces(teamInvitation, []).outputs).toEqual([["invitationId"]]);
});

test("the link is a secret in the state and in the schema, and neither a plan nor a line has it", async () => {
  const { scene, kept } = await createInvitation();
  const link = current(scene);

  await refreshed(scene, teamInvitation, kept);
  const stored = storedOutputs(kept.state, secretPlaces(teamInvitation, []), {});
  const planned = expectedOutputs(teamInvitation, { teamId });
  const { properties } = require("../../../provider/plugin/schema.json").resources[
    "gitpod:experimental:TeamInvitation"
  ];

  expect(stored.invitationId).toEqual(secretValue(link));
  expect(JSON.stringify({ ...stored, invitationId: undefined })).not.toContain(link);
  expect(JSON.stringify(scene.told)).not.toContain(link);
  expect(planned).toEqual({ teamId, invitationId: unknown });
  expect(properties.invitationId).toMatchObject({ secret: true });
});

test("a refresh keeps what was told, and finds it gone where somebody has made another one since", async () => {
  const { scene, kept } = await createInvitation();

  const same = await refreshed(scene, teamInvitation, kept);
  await rotate(scene);
  const rotated = await refreshed(scene, teamInvitation, kept);

  expect(same?.outputs).toEqual({ teamId, invitationId: expect.any(String) });
  expect(rotated).toBeUndefined();
});

test("other triggers make another one", async () => {
  const { scene, kept } = await createInvitation();

  expect(difference(scene, teamInvitation, kept, { teamId, triggers: { quarter: "2" } }).replaces).toEqual([
    "triggers",
  ]);
});

test("a deletion ends the link where it still stands, and leaves alone what somebody else has made", async () => {
  const [standing, rotated] = [await createInvitation(), await createInvitation()];
  const link = current(standing.scene);
  await rotate(rotated.scene);
  const theirs = current(rotated.scene);

  await removed(standing.scene, teamInvitation, standing.kept);
  await removed(rotated.scene, teamInvitation, rotated.kept);

  expect(current(standing.scene)).not.toBe(link);
  expect(current(rotated.scene)).toBe(theirs);
});

test("an import has the link that there is", async () => {
  const { scene } = await createInvitation();

  const imported = await read(teamInvitation, scene.operation(), teamId, undefined);

  expect(imported).toMatchObject({ inputs: { teamId }, outputs: { teamId, invitationId: current(scene) } });
});

test("adopt keeps the link that there is", async () => {
  const { scene } = await createInvitation();
  const link = current(scene);
  scene.restart();

  const adopted = await created(scene, teamInvitation, { teamId, adopt: teamId });

  expect(adopted.state.outputs.invitationId).toBe(link);
  expect(current(scene)).toBe(link);
});

test("a team with single sign-on has no invitation, and the error says so", async () => {
  const scene = createClassicScene();
  scene.emulator.admin.classic.setSingleSignOn(teamId, true);

  await expect(created(scene, teamInvitation, { teamId })).rejects.toThrow(
    "the team has single sign-on, and so no invitation",
  );
});

test("whoever is no owner is told so, and not that the call failed inside the server", async () => {
  const scene = createClassicScene(classicTokens.member);

  await expect(created(scene, teamInvitation, { teamId })).rejects.toThrow(`only owners change team ${teamId}`);
});

test("a team that is not there is not found", async () => {
  const scene = createClassicScene();

  await expect(created(scene, teamInvitation, { teamId: classicIds.otherTeam })).rejects.toThrow("not found");
});

test.each(["after", "inside"] as const)(
  "an invitation whose answer is lost %s the call is the one, and none is made beside it",
  async (lost) => {
    const scene = createClassicScene();
    scene.emulator.admin.fault({ method: "TeamsService/ResetTeamInvitation", lost });

    const calls = await callsDuring(scene, async () => {
      const kept = await created(scene, teamInvitation, { teamId });
      expect(kept.state.outputs.invitationId).toBe(current(scene));
    });

    expect(calls["TeamsService/ResetTeamInvitation"]).toBe(1);
  },
);

test("where the request is lost the earlier invitation stands, and none is told", async () => {
  const scene = createClassicScene();
  const before = current(scene);
  scene.emulator.admin.fault({ method: "TeamsService/ResetTeamInvitation", lost: "before" });

  await expect(created(scene, teamInvitation, { teamId })).rejects.toThrow(/^could not create TeamInvitation: /);

  expect(current(scene)).toBe(before);
});

test("a replacement makes one invitation, which the deletion of the earlier one leaves alone", async () => {
  const { scene, kept } = await createInvitation();
  scene.restart();

  const calls = await callsDuring(scene, async () => {
    const next = await created(scene, teamInvitation, { teamId, triggers: { quarter: "2" } });
    await removed(scene, teamInvitation, kept);
    expect(next.state.outputs.invitationId).toBe(current(scene));
  });

  expect(calls["TeamsService/ResetTeamInvitation"]).toBe(1);
});

test("a failure that has made no invitation is a failure", async () => {
  const scene = createClassicScene();
  const refuse = { code: "internal", message: "failed to reset" } as const;
  scene.emulator.admin.fault({ method: "TeamsService/ResetTeamInvitation", refuse });

  await expect(created(scene, teamInvitation, { teamId })).rejects.toThrow("failed to reset");
});

test("a create is two calls of the API", async () => {
  const scene = createClassicScene();

  const calls = await callsDuring(scene, () => created(scene, teamInvitation, { teamId }));

  expect(calls).toEqual({
    "TeamsService/GetTeamInvitation": 1,
    "TeamsService/ResetTeamInvitation": 1,
    "experimental.UserService/GetAuthenticatedUser": 1,
  });
});
