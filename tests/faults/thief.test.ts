import { ids } from "../../emulator";
import type { JsonObject } from "../../provider/value/json";
import { javascript, openScene, outcomeOf, type Scene, stateOf } from "../engine/scene";
import { killedIn } from "./killed-run";

const environment = (name: string, machine: string, options = "{}"): string =>
  `new gitpod.Environment("${name}", { name: "dev", spec: { machine: { class: "${machine}" } } }, ${options});`;
const small = environment("dev", ids.smallClass);
const large = environment("dev", ids.largeClass);
const done = { code: 0, complaints: [] };

test("a resource that takes the old name of another one, and another stack of the same program, have objects of their own", async () => {
  const scene = await openScene({ program: javascript(small) });
  const { engine } = scene;
  await engine.up();
  const before = await idOf(scene, "dev");
  engine.write(javascript(environment("renamed", ids.smallClass, '{ aliases: [{ name: "dev" }] }')));
  const rename = await engine.up();
  // Pulumi itself refuses both in one run.
  engine.write(javascript(`${environment("renamed", ids.smallClass)}\n${small}`));

  const run = await engine.up();
  const state = await stateOf(scene);
  await engine.run("stack", "init", "prod");
  const other = await engine.up();
  const known = [...Object.values(state), ...Object.values(await stateOf(scene))].map(({ id }) => id);

  expect(outcomeOf(rename)).toEqual({ ...done, operations: { renamed: "same" } });
  expect(outcomeOf(run)).toEqual({ ...done, operations: { renamed: "same", dev: "create" } });
  expect(state.renamed?.id).toBe(before);
  expect(outcomeOf(other)).toEqual({ ...done, operations: { renamed: "create", dev: "create" } });
  expect(objectsOf(scene).map(({ id }) => id)).toEqual([...new Set(known)].sort());
  expect(known).toHaveLength(4);
});

test("a replacement that is killed between its two halves leaves one object, wherever the program goes then", async () => {
  const scene = await openScene({ program: javascript(small) });
  const { engine } = scene;
  await engine.up();
  const first = await idOf(scene, "dev");

  engine.write(javascript(large));
  await killedIn(scene, "EnvironmentService/DeleteEnvironment", "before");
  engine.write(javascript(small));
  const back = await engine.up();
  const kept = { id: await idOf(scene, "dev"), objects: objectsOf(scene).map(({ id }) => id) };
  engine.write(javascript(environment("dev", ids.largeClass, "{ deleteBeforeReplace: true }")));
  await killedIn(scene, "EnvironmentService/CreateEnvironment", "after");
  const between = objectsOf(scene).map(({ id }) => id);
  const next = await engine.up();
  const repeated = await engine.up("--refresh");

  expect(outcomeOf(back)).toMatchObject(done);
  // The first one was acknowledged, and Pulumi deletes it as the old half.
  expect(kept).toEqual({ id: expect.not.stringMatching(first ?? ""), objects: [kept.id] });
  expect(outcomeOf(next)).toMatchObject(done);
  expect(between).toEqual([await idOf(scene, "dev")]);
  expect(objectsOf(scene)).toMatchObject([{ id: between[0], spec: { machine: { class: ids.largeClass } } }]);
  expect(repeated.summary).toEqual({ same: 2 });
});

const idOf = async (scene: Scene, name: string): Promise<string | undefined> => (await stateOf(scene))[name]?.id;

/** The environments that are there, by the order of their ids. */
function objectsOf({ emulator }: Scene): JsonObject[] {
  emulator.settle();
  const objects = emulator.admin.objects("environments") as (JsonObject & { id: string })[];
  return objects.sort((a, b) => a.id.localeCompare(b.id));
}
