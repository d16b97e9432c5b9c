import { type Clients, readInventory } from "../../adopt/read";
import { titleOf } from "../../adopt/read/kinds";
import { classicTokens, type Emulator, tokens } from "../../emulator";
import { apis } from "../../provider/client/api";
import { createClient } from "../../provider/client/client";
import { identity } from "../../provider/client/identity";
import { read } from "../../provider/lifecycle/read";
import { importId } from "../../provider/plugin/import-id";
import { settle, subjects } from "../kinds/subject";
import { created, createScene } from "../resources/scene";
import type { Scene } from "../scene";

test("every object is there once with an id that an import takes and what that reads, or left out with a reason", async () => {
  const scene = createScene();
  const made = await makeAll(scene);

  const inventory = await readInventory(clientsOf(scene.emulator));

  const places = made.map(([kind, id]) => [
    ...inventory.objects.filter((object) => titleOf(object.definition) === kind && object.id === id).map(() => "read"),
    ...inventory.leftOut.filter((each) => each.kind === kind && (each.id ?? id) === id).map(() => "left out"),
  ]);
  expect(Object.fromEntries(made.map(([kind], i) => [kind, places[i]]))).toMatchSnapshot();
  expect(inventory.unread).toEqual([]);
  const imported = [];
  for (const { definition, importId: given } of inventory.objects) {
    const operation = scene.operation({}, definition);
    const { id, scope } = await importId(definition, given, () => identity(operation.client));
    imported.push({ id, inputs: (await read(definition, operation, id, undefined, scope))?.inputs });
  }
  expect(imported).toEqual(inventory.objects.map(({ id, inputs }) => ({ id, inputs })));
});

/** The clients of an emulator in memory. */
const clientsOf = ({ transport }: Emulator, token: string = tokens.owner): Clients => ({
  index: createClient(transport(token), { host: "https://emulator.test/api" }),
  experimental: createClient(transport(classicTokens.owner), { host: "https://emulator.test", api: apis.experimental }),
});

/** Makes an object of each kind, and what these live in; returns the names of the kinds with the ids. */
async function makeAll(scene: Scene): Promise<[kind: string, id: string][]> {
  const home = await settle(async ({ definition, inputs }) => (await created(scene, definition, inputs)).id);
  const made: [string, string][] = [];
  for (const { definition, inputs } of subjects(home))
    made.push([titleOf(definition), (await created(scene, definition, inputs)).id]);
  return made;
}
