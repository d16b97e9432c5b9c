import { classicIds, classicTokens } from "../../../emulator";
import { check } from "../../../provider/check/check";
import { find } from "../../../provider/reading/find";
import { team } from "../../../provider/resources/experimental/team";
import {
  callsDuring,
  createClassicScene,
  created,
  difference,
  type Kept,
  refreshed,
  removed,
  type Scene,
  updated,
} from "../scene";

const platform = { name: "Platform" };

const teamsOf = (scene: Scene): string[] =>
  [...scene.emulator.world.classicTeams.rows.values()].map(({ remote }) => remote.name);

const seeded = ["Emulated Team", "Other Team"];

test("a team shows its name alone: neither the key to it nor its people are in the state", async () => {
  const scene = createClassicScene();

  const kept = await created(scene, team, platform);
  await refreshed(scene, team, kept);

  expect(kept.state.outputs).toEqual(platform);
  expect(kept.state.seen.subjectId).toBe(classicIds.owner);
});

test.each([
  ["Pl", "at least 3 characters"],
  ["P".repeat(65), "at most 64 characters"],
  [" Platform", "must not begin or end with a space"],
  ["Platform ", "must not begin or end with a space"],
])("the name %j is refused before any call, since the server would refuse or change it", (name, why) => {
  const { failures } = check(team, { name });

  expect(failures).toEqual([{ path: ["name"], reason: expect.stringContaining(why) }]);
});

test.each([["Pla"], ["P".repeat(64)], ["Plat form"]])("the name %j is accepted", async (name) => {
  const scene = createClassicScene();

  const kept = await created(scene, team, { name });

  expect(await find(team, scene.operation(), kept.id)).toMatchObject({ name });
});

test("another name replaces, and the deletion that may be refused comes first unless the program agrees", async () => {
  const scene = createClassicScene();
  const kept = await created(scene, team, platform);

  const renamed = difference(scene, team, kept, { name: "Tools" });
  const agreed = difference(scene, team, kept, { name: "Tools", discardMembers: true });

  expect(renamed).toMatchObject({ replaces: ["name"], deleteBeforeReplace: true });
  expect(agreed).toMatchObject({ replaces: ["name"], deleteBeforeReplace: false });
});

test("a team with other members is not deleted until the program agrees", async () => {
  const scene = createClassicScene();
  const kept = await created(scene, team, platform);
  scene.emulator.admin.classic.setRole(kept.id, classicIds.member, "member");

  const refused = removed(scene, team, kept);
  await expect(refused).rejects.toThrow(
    `Team ${kept.id} has 1 other members, which its deletion would destroy. Set discardMembers: true`,
  );
  await updated(scene, team, kept, { ...platform, discardMembers: true });
  await removed(scene, team, kept);

  expect(teamsOf(scene)).toEqual(seeded);
});

test("a deletion that the server answers with success and does not do is no success", async () => {
  const scene = createClassicScene();
  const kept = await created(scene, team, platform);
  scene.emulator.admin.classic.failDeletes(kept.id);

  await expect(removed(scene, team, kept)).rejects.toThrow(`Team ${kept.id} is not gone after 120 s`);
  scene.emulator.admin.classic.failDeletes(kept.id, false);
  await removed(scene, team, kept);

  expect(teamsOf(scene)).toEqual(seeded);
});

test("a team that the server has made although it failed is kept by its id", async () => {
  const scene = createClassicScene();

  const kept = await created(scene, team, { name: "refused-late" });

  expect(kept.state.outputs).toEqual({ name: "refused-late" });
  expect(teamsOf(scene)).toEqual([...seeded, "refused-late"]);
});

test("a team whose answer was lost is found by its name, and none is made twice", async () => {
  const scene = createClassicScene();
  scene.emulator.admin.fault({ method: "TeamsService/CreateTeam", lost: "after" });

  const kept = await created(scene, team, platform);

  expect(kept.state.outputs).toEqual(platform);
  expect(teamsOf(scene)).toEqual([...seeded, "Platform"]);
});

test("a team of the same name is in the way until the program says to adopt it, or to make another one", async () => {
  const scene = createClassicScene();
  const first = await created(scene, team, platform);
  scene.restart();

  const refused = await callsDuring(scene, () =>
    expect(created(scene, team, platform)).rejects.toThrow(
      `there is a Team with the same inputs already: ${first.id} (Platform)`,
    ),
  );
  const adopted = await created(scene, team, { ...platform, adopt: first.id });
  const another = await created(scene, team, { ...platform, adopt: "" });

  expect(refused["TeamsService/CreateTeam"]).toBeUndefined();
  expect(adopted.id).toBe(first.id);
  expect(another.id).not.toBe(first.id);
});

test("who is a collaborator in any team makes one with an empty adopt only, since nothing lists the teams", async () => {
  const scene = createClassicScene(classicTokens.collaborator);

  await expect(created(scene, team, platform)).rejects.toThrow("a collaborator cannot read a team");
  await created(scene, team, { ...platform, adopt: "" });

  expect(teamsOf(scene)).toEqual([...seeded, "Platform"]);
});

test("a team that another user is told nothing of is not gone", async () => {
  const scene = createClassicScene();
  const kept = await created(scene, team, platform);
  const stranger = createClassicScene(classicTokens.stranger);

  await expect(refreshed(stranger, team, kept)).rejects.toThrow(
    `Team ${kept.id} was created by ${classicIds.owner} and is not visible to ${classicIds.stranger}`,
  );
});

test("a team that its owner has been put out of is gone, like a deleted one", async () => {
  const scene = createClassicScene();
  const [out, deleted] = [await created(scene, team, platform), await created(scene, team, { name: "Tools" })];
  const { rows } = scene.emulator.world.classicTeamMembers;
  const [key = ""] = [...rows].find(([, { owner }]) => owner.organizationId === out.id) ?? [];
  rows.delete(key);
  scene.emulator.world.classicTeams.rows.delete(deleted.id);
  await passMinute(scene);

  const found = await Promise.all([out, deleted].map((kept: Kept) => refreshed(scene, team, kept)));

  expect(found).toEqual([undefined, undefined]);
});

test("every language is told so, and that the projects of a team are deleted with it", () => {
  const { description } = require("../../../provider/plugin/schema.json").resources["gitpod:experimental:Team"];

  expect(description).toContain("Its projects are deleted with it.");
  expect(description).toContain("a team which somebody has been put out of looks deleted to that user");
});

test("a refresh of a team is one read", async () => {
  const scene = createClassicScene();
  const kept = await created(scene, team, platform);

  const calls = await callsDuring(scene, () => refreshed(scene, team, kept));

  expect(calls).toEqual({ "TeamsService/GetTeam": 1 });
});

const passMinute = (scene: Scene): Promise<void> => scene.operation().clock.sleep(61_000);
