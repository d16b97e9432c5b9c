import { createClient } from "../../provider/client/client";
import { read } from "../../provider/lifecycle/read";
import { environment } from "../../provider/resources";
import { callsDuring, created, createScene, ids, type Kept, type Scene } from "./scene";

const dev = { name: "dev", spec: { machine: { class: ids.smallClass } } };
const urn = "urn:pulumi:dev::shop::gitpod:index:Environment::dev";

/** Works as a colleague of the owner, whose environments lists show as well. */
const asColleague = ({ emulator }: Scene) => ({
  client: createClient(emulator.transport(emulator.tokens.colleague), { host: "https://emulator.test/api" }),
});

async function many(scene: Scene, count: number, overrides = {}): Promise<Kept[]> {
  const all: Kept[] = [];
  for (let i = 0; i < count; i++) all.push(await created(scene, environment, { ...dev, name: `dev ${i}` }, overrides));
  return all;
}

test("a create does not look at what colleagues have, not even at what was made for a resource of the same name", async () => {
  const scene = createScene();
  const theirs = await created(scene, environment, dev, { urn, stateId: "one", ...asColleague(scene) });
  await many(scene, 150, asColleague(scene));
  scene.restart();

  let own = theirs;
  const calls = await callsDuring(scene, async () => {
    own = await created(scene, environment, dev, { urn, stateId: "one" });
  });

  expect(own.id).not.toBe(theirs.id);
  expect(scene.emulator.world.environments.rows.get(own.id)?.owner.creatorId).toBe(ids.owner);
  // One page before the create and one after it.
  expect(calls["EnvironmentService/ListEnvironments"]).toBe(2);
});

test("a refresh fetches pages of the user's own ahead, however many environments colleagues have", async () => {
  const scene = createScene();
  await many(scene, 150, asColleague(scene));
  const own = await many(scene, 20);
  scene.restart();

  const calls = await callsDuring(scene, () =>
    Promise.all(own.map(({ id, state }) => read(environment, scene.operation(), id, state))),
  );

  expect(calls).toEqual({ "EnvironmentService/ListEnvironments": 1 });
});
