import { kindName } from "../../provider/model/module";
import { isForeseen } from "../engine/every-answer";
import { openScene, outcomeOf, stateOf } from "../engine/scene";
import { callsOf } from "../kinds/subject";
import { besides, chained, idsIn, kindsInChain, knownIn } from "./chain";
import type { Stated } from "./kill";

test("on the real engine, too, an answer that is lost in the create or the delete of any kind leaves nothing and doubles nothing", async () => {
  const scene = await openScene({ program: chained({}) });
  const { engine, emulator } = scene;
  await engine.up();
  const homes = idsIn(scene);
  const lose = (which: "create" | "delete"): void => {
    // What is always there is made by no call; an update whose answer is lost says that it has to run again.
    const lost = kindsInChain.filter(({ definition }) => which === "delete" || definition.create);
    for (const method of lost.flatMap((subject) => callsOf(subject, which)))
      emulator.admin.fault({ method, lost: "after" });
  };
  const all: Stated = Object.fromEntries(kindsInChain.map(({ definition, inputs }) => [kindName(definition), inputs]));

  lose("create");
  engine.write(chained(all));
  const creation = outcomeOf(await engine.up());
  const again = await engine.up("--refresh");
  const stored = knownIn(await stateOf(scene));
  const made = idsIn(scene);
  lose("delete");
  engine.write(chained({}));
  const removal = outcomeOf(await engine.up());

  expect([creation.code, creation.complaints.filter((line) => !isForeseen(line))]).toEqual([0, []]);
  expect(again.summary).toEqual({ same: kindsInChain.length + besides });
  expect(made.sort()).toEqual(stored.sort());
  expect([removal.code, removal.complaints]).toEqual([0, []]);
  expect(idsIn(scene)).toEqual(homes);
});
