import { createClient } from "../../provider/client/client";
import { read } from "../../provider/lifecycle/read";
import { environment } from "../../provider/resources";
import { callsDuring, created, createStage, ids, type Kept, type Stage } from "./stage";

const dev = { name: "dev", spec: { machine: { class: ids.smallClass } } };
const urn = "urn:pulumi:dev::shop::gitpod:index:Environment::dev";

/** Works as a colleague of the owner, whose environments lists show as well. */
const asColleague = ({ emulator }: Stage) => ({
  client: createClient(emulator.transport(emulator.tokens.colleague), { host: "https://emulator.test/api" }),
});

async function many(stage: Stage, count: number, overrides = {}): Promise<Kept[]> {
  const all: Kept[] = [];
  for (let i = 0; i < count; i++) all.push(await created(stage, environment, { ...dev, name: `dev ${i}` }, overrides));
  return all;
}

test("a create does not look at what colleagues have, not even at what was made for a resource of the same name", async () => {
  const stage = createStage();
  const theirs = await created(stage, environment, dev, { urn, stateId: "one", ...asColleague(stage) });
  await many(stage, 150, asColleague(stage));
  stage.restart();

  let own = theirs;
  const calls = await callsDuring(stage, async () => {
    own = await created(stage, environment, dev, { urn, stateId: "one" });
  });

  expect(own.id).not.toBe(theirs.id);
  expect(stage.emulator.world.environments.rows.get(own.id)?.owner.creatorId).toBe(ids.owner);
  // One page before the create and one after it.
  expect(calls["EnvironmentService/ListEnvironments"]).toBe(2);
});

test("a refresh fetches pages of the user's own ahead, however many environments colleagues have", async () => {
  const stage = createStage();
  await many(stage, 150, asColleague(stage));
  const own = await many(stage, 20);
  stage.restart();

  const calls = await callsDuring(stage, () =>
    Promise.all(own.map(({ id, state }) => read(environment, stage.operation(), id, state))),
  );

  expect(calls).toEqual({ "EnvironmentService/ListEnvironments": 1 });
});
