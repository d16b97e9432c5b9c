import type { Definition } from "../../provider/model/definition";
import { kindName } from "../../provider/model/module";
import * as resources from "../../provider/resources";
import { drawn, sampleOf, seeded, shapesOf } from "./sample";

const kinds = Object.values(resources).map((definition) => ({ definition: definition as Definition }));
const seeds = Array.from({ length: 50 }, (_, i) => i * 7919);

const namesOf = (some: readonly { definition: Definition }[]): string[] =>
  some.map(({ definition }) => kindName(definition));

/** Every shape that these kinds have among all. */
function shapesIn(some: typeof kinds, all = kinds): string[] {
  const shapes = shapesOf(all.map(({ definition }) => definition));
  return [...new Set(some.flatMap(({ definition }) => [...shapes.get(definition)!]))].sort();
}

test("each shape of a kind is in the sample of any run, and each kind either tried completely or drawn from", () => {
  const samples = seeds.map((seed) => sampleOf(kinds, { seed, isFull: false }));

  for (const { whole, others } of samples) {
    expect(shapesIn([...whole])).toEqual(shapesIn(kinds));
    expect([...namesOf(whole), ...namesOf(others)].sort()).toEqual(namesOf(kinds).sort());
  }
});

test("shapes are read from the words of the definitions", () => {
  expect(shapesIn(kinds)).toEqual(
    expect.arrayContaining([
      "composed",
      "extra on delete",
      "extra on write",
      "get",
      "identity by annotation",
      "identity by key",
      "identity by parent",
      "naturalKey",
      "no get",
      "no identity",
      "no update",
      "phase onlyIn",
      "phase targets",
      "within",
    ]),
  );
});

test("a kind of a shape that others have makes the sample no larger, one with a word of its own is tried completely", () => {
  const more = (change: Partial<Definition>, name: string) => ({
    definition: { ...(resources.group as Definition), ...change, kind: name },
  });
  const many = [...kinds, ...Array.from({ length: 39 }, (_, i) => more({}, `Plain${i}`))];
  const odd = more({ creatorOnly: true, lives: "in another word" } as Partial<Definition>, "Odd");
  const chosen = seeds.map((seed) => namesOf(sampleOf([...many, odd], { seed, isFull: false }).whole));

  expect(chosen.filter((names) => names.filter((name) => name.startsWith("Plain")).length > 1)).toEqual([]);
  expect(chosen.filter((names) => !names.includes("Odd"))).toEqual([]);
});

test("different seeds choose different kinds of a shape, and everything is chosen where everything is asked for", () => {
  const twins = kinds.flatMap((kind) => [kind, { definition: { ...kind.definition } }]);
  const chosen = new Set(seeds.flatMap((seed) => [...sampleOf(twins, { seed, isFull: false }).whole]));

  expect(chosen.size).toBeGreaterThan(sampleOf(twins, { seed: 1, isFull: false }).whole.length);
  expect(sampleOf(kinds, { seed: 1, isFull: true })).toEqual({ whole: kinds, others: [] });
});

test("a draw has so many different items, the same ones for the same seed", () => {
  const items = Array.from({ length: 40 }, (_, i) => i);
  const draws = seeds.map((seed) => drawn(items, 10, seed));

  expect(draws.map((draw) => new Set(draw).size)).toEqual(draws.map(() => 10));
  expect(seeds.map((seed) => drawn(items, 10, seed))).toEqual(draws);
  expect(new Set(draws.flat()).size).toBe(40);
  expect(drawn(items, 100, 1).sort((a, b) => a - b)).toEqual(items);
});

test("a run says before it begins, and in its failure, which seed repeats it", async () => {
  const printed = jest.spyOn(process.stdout, "write").mockReturnValue(true);
  const cause = new Error("one of many");

  const failure = await seeded("draws", (_: number) => Promise.reject(cause))(1).catch((error: Error) => error);
  const said = printed.mock.calls.map(([text]) => String(text));
  printed.mockRestore();

  const seed = /FAULTS_SEED=\d+/.exec(said[0] ?? "")?.[0];
  expect(said).toEqual([`\ndraws: ${seed}\n`]);
  expect(failure).toMatchObject({ message: `draws failed; ${seed} repeats it`, cause });
});
