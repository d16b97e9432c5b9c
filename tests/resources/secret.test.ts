import { secret } from "../../provider/resources";
import { created, createStage, difference, ids, refreshed, removed, updated } from "./stage";

const token = {
  name: "NPM_TOKEN",
  value: "n0t-a-real-one",
  environmentVariable: true,
  scope: { organizationId: ids.organization },
};

test("a secret is found in the list of its scope", async () => {
  const stage = createStage();
  const kept = await created(stage, secret, token);
  for (let i = 0; i < 120; i++) await created(stage, secret, { ...token, name: `OTHER_${i}` });

  const after = await refreshed(stage, secret, kept);

  expect(after?.outputs).toMatchObject({ name: "NPM_TOKEN", environmentVariable: true, scope: token.scope });
});

test("a new value is an update, and the value is in no output", async () => {
  const stage = createStage();
  const kept = await created(stage, secret, token);

  await updated(stage, secret, kept, { ...token, value: "an0ther-one" });
  await refreshed(stage, secret, kept);

  expect(kept.state.inputs).toMatchObject({ value: "an0ther-one" });
  expect(JSON.stringify(kept.state.outputs)).not.toContain("an0ther-one");
  expect(stage.emulator.calls()).toMatchObject({ "SecretService/UpdateSecretValue": 1 });
});

test("everything but the value replaces, the old one first where name and scope stay", async () => {
  const stage = createStage();
  const kept = await created(stage, secret, token);
  const { environmentVariable: _, ...unmounted } = token;

  expect(difference(stage, secret, kept, { ...unmounted, filePath: "/run/npm" })).toMatchObject({
    replaces: ["filePath", "environmentVariable"],
    deleteBeforeReplace: true,
  });
  expect(difference(stage, secret, kept, { ...token, name: "PNPM_TOKEN" })).toMatchObject({
    replaces: ["name"],
    deleteBeforeReplace: false,
  });
});

test("a deleted secret is gone", async () => {
  const stage = createStage();
  const kept = await created(stage, secret, token);

  await removed(stage, secret, kept);

  expect(await refreshed(stage, secret, kept)).toBeUndefined();
});
