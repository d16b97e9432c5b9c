import { secret } from "../../provider/resources";
import { created, createScene, difference, ids, refreshed, removed, updated } from "./scene";

const token = {
  name: "NPM_TOKEN",
  value: "n0t-a-real-one",
  environmentVariable: true,
  scope: { organizationId: ids.organization },
};

test("a secret is found in the list of its scope", async () => {
  const scene = createScene();
  const kept = await created(scene, secret, token);
  for (let i = 0; i < 120; i++) await created(scene, secret, { ...token, name: `OTHER_${i}` });

  const after = await refreshed(scene, secret, kept);

  expect(after?.outputs).toMatchObject({ name: "NPM_TOKEN", environmentVariable: true, scope: token.scope });
});

test("a new value is an update, and the value is in no output", async () => {
  const scene = createScene();
  const kept = await created(scene, secret, token);

  await updated(scene, secret, kept, { ...token, value: "an0ther-one" });
  await refreshed(scene, secret, kept);

  expect(kept.state.inputs).toMatchObject({ value: "an0ther-one" });
  expect(JSON.stringify(kept.state.outputs)).not.toContain("an0ther-one");
  expect(scene.emulator.calls()).toMatchObject({ "SecretService/UpdateSecretValue": 1 });
});

test("everything but the value replaces, the old one first where name and scope stay", async () => {
  const scene = createScene();
  const kept = await created(scene, secret, token);
  const { environmentVariable: _, ...unmounted } = token;

  expect(difference(scene, secret, kept, { ...unmounted, filePath: "/run/npm" })).toMatchObject({
    replaces: ["filePath", "environmentVariable"],
    deleteBeforeReplace: true,
  });
  expect(difference(scene, secret, kept, { ...token, name: "PNPM_TOKEN" })).toMatchObject({
    replaces: ["name"],
    deleteBeforeReplace: false,
  });
});

test("a deleted secret is gone", async () => {
  const scene = createScene();
  const kept = await created(scene, secret, token);

  await removed(scene, secret, kept);

  expect(await refreshed(scene, secret, kept)).toBeUndefined();
});
