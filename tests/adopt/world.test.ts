import { createEmulator } from "../../emulator";
import type { Definition } from "../../provider/model/definition";
import { kindName } from "../../provider/model/module";
import * as resources from "../../provider/resources";
import { pattern, startsWith, steps } from "../../provider/value/path";
import { textsIn } from "../core/canary";
import { inventoryOf, openAccount } from "./account";
import { notImported } from "./recipe";
import { type Filled, fill } from "./world";

const definitions = Object.entries<Definition>(resources).filter(([kind]) => !notImported.includes(kind));

test("an organization is filled with so many objects, of each kind that an import takes", async () => {
  const { made } = await fill(createEmulator(), { count: 250 });

  const counts = Object.values(made).map((objects) => objects.length);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(250);
  expect(Object.keys(made).sort()).toEqual(definitions.map(([kind]) => kind).sort());
});

test("the same seed fills it with the same", async () => {
  const filled = () => fill(createEmulator(), { count: 120, seed: 7 });

  const [one, other] = [await filled(), await filled()];

  expect(inputsIn(one)).toEqual(inputsIn(other));
});

// One organization may have no object with an input that few have; several seeds leave out none.
test("every input that is secret has a canary somewhere", async () => {
  const filled = await Promise.all([1, 2, 3].map((seed) => fill(createEmulator(), { count: 250, seed })));

  const bare = definitions.flatMap(([kind, { sensitive = [] }]) => {
    const guarded = filled.flatMap(({ made, canaries }) =>
      (made[kind] ?? [])
        .flatMap(({ inputs }) => textsIn(inputs, []))
        .filter(([, text]) => canaries.some((canary) => text.includes(canary))),
    );
    return sensitive.filter((path) => !guarded.some(([place]) => startsWith(steps(pattern(place)), steps(path))));
  });
  expect(bare).toEqual([]);
});

test("everything that was made is taken over, and what belongs to others is left out with a reason", async () => {
  const account = await openAccount({ count: 120 });

  const { objects, leftOut, unread } = await inventoryOf(account);

  const taken = new Set(objects.map(({ definition, id }) => `${kindName(definition)} ${id}`));
  const made = definitions.flatMap(([kind, definition]) =>
    (account.made[kind] ?? []).map(({ id }) => `${kindName(definition)} ${id}`),
  );
  expect(made.filter((object) => !taken.has(object))).toEqual([]);
  const { colleaguesEnvironment, directShare, strangersGroup, suspended, deletedGroup } = account.unmanaged;
  expect(leftOut.map(({ id }) => id)).toEqual(expect.arrayContaining([colleaguesEnvironment, directShare]));
  const gone = [strangersGroup, suspended, deletedGroup];
  expect([...objects, ...leftOut].filter(({ id }) => id !== undefined && gone.includes(id))).toEqual([]);
  expect(unread).toEqual([]);
});

/** What objects were made with, with the same word for each id. */
function inputsIn({ made }: Filled): unknown {
  const inputs = Object.entries(made).map(([kind, objects]) => [kind, ...objects.map((object) => object.inputs)]);
  return JSON.parse(JSON.stringify(inputs).replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "ID"));
}
