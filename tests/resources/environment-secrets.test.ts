import { environment, secret } from "../../provider/resources";
import { created, createScene, difference, ids, refreshed } from "./scene";

const base = { name: "dev", spec: { machine: { class: ids.smallClass } } };
const own = (name: string) => ({ name, source: "runner", gitCredentialHost: "example.com" });

test.each([
  ["states none", base],
  ["states its own", { ...base, spec: { ...base.spec, secrets: [own("TWO"), own("ONE")] } }],
])("an environment that %s is not replaced for the secrets of its organization", async (_, inputs) => {
  const scene = createScene();
  const scope = { organizationId: ids.organization };
  await created(scene, secret, { name: "SHARED", value: "hidden", environmentVariable: true, scope });
  const kept = await created(scene, environment, inputs);

  await refreshed(scene, environment, kept);

  expect(difference(scene, environment, kept, inputs)).toMatchObject({ changes: [], replaces: [] });
});
