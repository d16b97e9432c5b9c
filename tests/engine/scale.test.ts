import { ids } from "../../emulator";
import { javascript, openScene, stateOf } from "./scene";

test("an up that changes nothing in a hundred resources makes no call but to find out who calls", async () => {
  const scene = await openScene({
    program: javascript(`
for (let i = 0; i < 100; i++)
  new gitpod.Group("group-" + i, { organizationId: "${ids.organization}", name: "Group " + i });`),
  });
  const { engine, emulator } = scene;
  await engine.up();
  const state = await stateOf(scene);
  emulator.admin.resetCalls();

  const repeated = await engine.up();

  expect(repeated.summary).toEqual({ same: 101 });
  expect(emulator.calls()).toEqual({ "IdentityService/GetAuthenticatedIdentity": 1 });
  expect(Object.keys(state)).toHaveLength(100);
});
