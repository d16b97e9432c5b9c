import type { Definition } from "../../provider/model/definition";

/** What a run tries of something that grows with the kinds: some of them completely, and a draw of the others. */
export interface Sample<K> {
  readonly whole: readonly K[];
  readonly others: readonly K[];
}

/** The seed of this run: `FAULTS_SEED` repeats an earlier one, which `seeded` has printed. */
const seed = Number(process.env.FAULTS_SEED ?? Date.now() % 2 ** 31);

/** Whether everything is tried, as by `npm run test:full`. */
export const isFull = process.env.FAULTS_FULL !== undefined;

/**
 * Chooses kinds so that each shape of a kind has one that is tried completely; the seed says which, where several have it.
 * A kind of a shape that others have adds no more than its part of the draw.
 */
export function sampleOf<K extends { readonly definition: Definition }>(
  kinds: readonly K[],
  by = { seed, isFull },
): Sample<K> {
  if (by.isFull) return { whole: kinds, others: [] };
  const shapes = shapesOf(kinds.map(({ definition }) => definition));
  const missing = new Set([...shapes.values()].flatMap((words) => [...words]));
  const whole = new Set<K>();
  const gain = ({ definition }: K): number => [...shapes.get(definition)!].filter((word) => missing.has(word)).length;
  const order = drawn(kinds, kinds.length, by.seed);
  while (missing.size > 0) {
    const next = order.reduce((best, kind) => (gain(kind) > gain(best) ? kind : best));
    whole.add(next);
    for (const word of shapes.get(next.definition)!) missing.delete(word);
  }
  return { whole: kinds.filter((kind) => whole.has(kind)), others: kinds.filter((kind) => !whole.has(kind)) };
}

/** Returns kinds of each shape and so many of the others, in their own order. */
export function someOf<K extends { readonly definition: Definition }>(kinds: readonly K[], more: number): K[] {
  const { whole, others } = sampleOf(kinds);
  const chosen = [...whole, ...drawn(others, more)];
  return kinds.filter((kind) => chosen.includes(kind));
}

/** Says before some work and in its failure which seed repeats it. */
export const seeded =
  <Args extends unknown[]>(what: string, work: (...args: Args) => Promise<void>) =>
  async (...args: Args): Promise<void> => {
    process.stdout.write(`\n${what}: FAULTS_SEED=${seed}\n`);
    await work(...args).catch((error) => {
      throw new Error(`${what} failed; FAULTS_SEED=${seed} repeats it`, { cause: error });
    });
  };

/** Draws so many items, all where there are no more; the same ones for the same seed, in their own order. */
export function drawn<T>(items: readonly T[], count: number, by = seed): T[] {
  const left = [...items];
  let state = by;
  return Array.from({ length: Math.min(count, left.length) }, () => {
    // The multiplier and the increment of Numerical Recipes; the upper bits are the good ones.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return left.splice(Math.floor((state / 2 ** 32) * left.length), 1)[0]!;
  });
}

/** Returns the shapes of each kind: what its definition says of its calls, its identity and its life, and what it does not. */
export function shapesOf(definitions: readonly Definition[]): ReadonlyMap<Definition, ReadonlySet<string>> {
  const said = definitions.map((definition) => new Set(wordsOf(definition)));
  const all = new Set(said.flatMap((words) => [...words]));
  return new Map(
    definitions.map((definition, i) => [
      definition,
      new Set([...all].map((word) => (said[i]!.has(word) ? word : `no ${word}`))),
    ]),
  );
}

/** Words that decide what a call carries, what an answer means or what is taken over, and not which calls a life has. Any other one makes a shape. */
const ofContents: readonly (keyof Definition | `phase ${keyof NonNullable<Definition["phase"]>}`)[] = [
  "kind",
  "whenAbsent",
  "renamed",
  "updateOnly",
  "own",
  "sources",
  "required",
  "because",
  "references",
  "choices",
  "outputOnly",
  "deprecated",
  "writeOnly",
  "sensitive",
  "sets",
  "mergeBy",
  "cannotClear",
  "coupled",
  "passive",
  "readAt",
  "repeatedIn",
  "volatile",
  "derived",
  "grantsRights",
  "timeouts",
  "filledIn",
  "findAll",
  "unmanaged",
  "partOf",
  "phase reasons",
  "phase shortfall",
];

function wordsOf(definition: Definition): string[] {
  const { identity, extra = {}, phase = {} } = definition;
  const words = [
    ...Object.keys(definition),
    ...(identity ? [`identity by ${identity.by}`] : []),
    ...Object.values(extra).map(({ on }) => `extra on ${on}`),
    ...Object.keys(phase).map((word) => `phase ${word}`),
  ];
  return words.filter((word) => !ofContents.some((other) => other === word));
}
