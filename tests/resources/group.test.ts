import { group } from "../../provider/resources";
import { callsDuring, created, createStage, difference, ids, refreshed, removed, updated } from "./stage";

const platform = { organizationId: ids.organization, name: "platform" };

test("a group is created with one call, and read, changed and deleted", async () => {
  const stage = createStage();
  const kept = await created(stage, group, { ...platform, description: "builds" });

  await updated(stage, group, kept, { ...platform, description: "builds and runs" });
  const after = await refreshed(stage, group, kept);
  await removed(stage, group, kept);

  expect(after?.outputs).toMatchObject({ ...platform, description: "builds and runs" });
  expect(stage.emulator.admin.objects("groups")).toEqual([]);
});

test("a changed description leaves the name as it is, although the update request cannot leave it out", async () => {
  const stage = createStage();
  const kept = await created(stage, group, platform);
  stage.emulator.admin.patch("groups", kept.id, { name: "renamed by hand" });

  await updated(stage, group, kept, { organizationId: ids.organization, name: "platform", description: "builds" });

  expect(stage.emulator.admin.objects("groups")).toMatchObject([{ name: "platform", description: "builds" }]);
});

test("a removed description is cleared", async () => {
  const stage = createStage();
  const kept = await created(stage, group, { ...platform, description: "builds" });

  await updated(stage, group, kept, platform);

  expect(stage.emulator.admin.objects("groups")[0]).not.toHaveProperty("description");
});

test("what is not stated is left alone", async () => {
  const stage = createStage();
  const kept = await created(stage, group, platform);
  stage.emulator.admin.patch("groups", kept.id, { description: "written by hand" });

  await refreshed(stage, group, kept);

  expect(difference(stage, group, kept, platform)).toMatchObject({ changes: [], replaces: [], unsettled: false });
});

test("equal inputs make no call", async () => {
  const stage = createStage();
  const kept = await created(stage, group, platform);

  expect(await callsDuring(stage, () => updated(stage, group, kept, platform))).toEqual({});
});

test("a deletion of what is gone already succeeds", async () => {
  const stage = createStage();
  const kept = await created(stage, group, platform);
  stage.emulator.admin.remove("groups", kept.id);

  await expect(removed(stage, group, kept)).resolves.toBeUndefined();
});
