import { ids } from "../../emulator";
import { open, refusal } from "./open";

const developers = { organizationId: ids.organization, name: "Developers", description: "Write code" };

test("a group is found by its id and by its name", async () => {
  const { groups } = open();
  const { group } = await groups.createGroup(developers);

  const byId = await groups.getGroup({ group: { case: "id", value: group?.id ?? "" } });
  const byName = await groups.getGroup({ group: { case: "name", value: "Developers" } });

  expect([byId.group, byName.group]).toEqual([group, group]);
});

test("an update of a group without a description clears it", async () => {
  const { groups } = open();
  const { group } = await groups.createGroup(developers);

  const updated = await groups.updateGroup({ groupId: group?.id ?? "", name: "Engineers" });

  expect([updated.group?.name, updated.group?.description]).toEqual(["Engineers", ""]);
});

test("a name of a group is taken once", async () => {
  const { groups } = open();
  await groups.createGroup(developers);

  expect(await refusal(groups.createGroup(developers))).toEqual([
    "AlreadyExists",
    "a group named Developers exists already",
  ]);
});

test("a deleted group is gone at once", async () => {
  const { groups } = open();
  const { group } = await groups.createGroup(developers);
  const id = group?.id ?? "";
  await groups.deleteGroup({ groupId: id });

  expect(await refusal(groups.getGroup({ group: { case: "id", value: id } }))).toEqual([
    "NotFound",
    `group ${id} not found`,
  ]);
  expect((await groups.listGroups({ filter: { systemManaged: false } })).groups).toEqual([]);
});

test("a group of another organization cannot be made or seen", async () => {
  const { as, emulator, groups } = open();
  const { group } = await groups.createGroup(developers);
  const stranger = as(emulator.tokens.stranger).groups;

  expect((await refusal(stranger.createGroup(developers)))[0]).toBe("NotFound");
  expect((await refusal(stranger.getGroup({ group: { case: "id", value: group?.id ?? "" } })))[0]).toBe("NotFound");
});
