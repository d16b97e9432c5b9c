import { changesOf, objectsOf, openScene, outcomeOf, stateOf, writesOf } from "../engine/scene";
import { everyKind, linksOf } from "../kinds/every";
import { inJavaScript, inYaml } from "../kinds/program";

test("a stack of the classes moves to the plugin: everything is unchanged, and nothing is written", async () => {
  const scene = await openScene({ program: inJavaScript(linksOf(everyKind)) });
  const { engine } = scene;
  await engine.up();
  const before = await stateOf(scene);
  writesOf(scene);

  engine.write(inYaml(linksOf(everyKind)));
  const moved = outcomeOf(await engine.up());
  const refreshed = await engine.refresh();
  const written = changesOf(scene);
  const after = await stateOf(scene);
  const destroyed = outcomeOf(await engine.destroy());

  expect(moved).toEqual({
    code: 0,
    complaints: [],
    operations: Object.fromEntries(Object.keys(before).map((name) => [name, "same"])),
  });
  expect(Object.keys(refreshed.summary)).toEqual(["same"]);
  expect(written).toEqual([]);
  expect(idsOf(after)).toEqual(idsOf(before));
  expect(destroyed.code).toBe(0);
  expect(objectsOf(scene)).toEqual({});
});

const idsOf = (state: Awaited<ReturnType<typeof stateOf>>) =>
  Object.fromEntries(Object.entries(state).map(([name, { id }]) => [name, id]));
