import { environment, secret } from "../../provider/resources";
import { created, createStage, difference, ids, refreshed } from "./stage";

const base = { name: "dev", spec: { machine: { class: ids.smallClass } } };
const own = (name: string) => ({ name, source: "runner", gitCredentialHost: "example.com" });

test.each([
  ["states none", base],
  ["states its own", { ...base, spec: { ...base.spec, secrets: [own("TWO"), own("ONE")] } }],
])("an environment that %s is not replaced for the secrets of its organization", async (_, inputs) => {
  const stage = createStage();
  const scope = { organizationId: ids.organization };
  await created(stage, secret, { name: "SHARED", value: "hidden", environmentVariable: true, scope });
  const kept = await created(stage, environment, inputs);

  await refreshed(stage, environment, kept);

  expect(difference(stage, environment, kept, inputs)).toMatchObject({ changes: [], replaces: [] });
});
