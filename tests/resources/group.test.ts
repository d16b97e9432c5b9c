import { group } from "../../provider/resources";
import { callsDuring, created, createScene, difference, ids, refreshed, removed, updated } from "./scene";

const platform = { organizationId: ids.organization, name: "platform" };

test("a group is created with one call, and read, changed and deleted", async () => {
  const scene = createScene();
  const kept = await created(scene, group, { ...platform, description: "builds" });

  await updated(scene, group, kept, { ...platform, description: "builds and runs" });
  const after = await refreshed(scene, group, kept);
  await removed(scene, group, kept);

  expect(after?.outputs).toMatchObject({ ...platform, description: "builds and runs" });
  expect(scene.emulator.admin.objects("groups")).toEqual([]);
});

test("a changed description leaves the name as it is, although the update request cannot leave it out", async () => {
  const scene = createScene();
  const kept = await created(scene, group, platform);
  scene.emulator.admin.patch("groups", kept.id, { name: "renamed by hand" });

  await updated(scene, group, kept, { organizationId: ids.organization, name: "platform", description: "builds" });

  expect(scene.emulator.admin.objects("groups")).toMatchObject([{ name: "platform", description: "builds" }]);
});

test("a removed description is cleared", async () => {
  const scene = createScene();
  const kept = await created(scene, group, { ...platform, description: "builds" });

  await updated(scene, group, kept, platform);

  expect(scene.emulator.admin.objects("groups")[0]).not.toHaveProperty("description");
});

test("what is not stated is left alone", async () => {
  const scene = createScene();
  const kept = await created(scene, group, platform);
  scene.emulator.admin.patch("groups", kept.id, { description: "written by hand" });

  await refreshed(scene, group, kept);

  expect(difference(scene, group, kept, platform)).toMatchObject({ changes: [], replaces: [], unsettled: false });
});

test("equal inputs make no call", async () => {
  const scene = createScene();
  const kept = await created(scene, group, platform);

  expect(await callsDuring(scene, () => updated(scene, group, kept, platform))).toEqual({});
});

test("a deletion of what is gone already succeeds", async () => {
  const scene = createScene();
  const kept = await created(scene, group, platform);
  scene.emulator.admin.remove("groups", kept.id);

  await expect(removed(scene, group, kept)).resolves.toBeUndefined();
});
