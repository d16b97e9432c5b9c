import type { Emulator, Limit } from "../../emulator";
import { type OpenedStack, openYaml } from "../engine-subject";
import { type Case, type Options, type Row, table } from "../result";
import { median, ratios, spread } from "../statistics";

/** How much of a limit of calls is used, and how often it refuses a call. */
export const limit: Case = {
  name: "limit",
  about: "the creation of 200 projects where the API takes 50 calls a second",
  async run(options) {
    const { latency = 20, size = 200 } = options;
    const stack = await openYaml({ kind: "Project", size, latency });
    try {
      const all: Measured[] = [];
      for (const says of ["RetryInfo", "RateLimit-RetryAfter"] as const) {
        options.say(`told by ${says}`);
        all.push({ says, rounds: await measure(options, stack, { ...most, says }) });
      }
      return { tables: [tableOf(all, size, latency)], rows: all.flatMap((measured) => rowsOf(measured, size)) };
    } finally {
      await stack.close();
    }
  },
};

const most = { calls: 50, within: 1000 } satisfies Limit;

/** What was found where the limit is told in one way. */
interface Measured {
  readonly says: NonNullable<Limit["says"]>;
  readonly rounds: readonly Round[];
}

interface Round {
  readonly seconds: number;
  /** The seconds that the limit allows. */
  readonly allowed: number;
  /** The calls that were made, and those that would have been made without a limit. */
  readonly calls: number;
  readonly needed: number;
  /** How often each call was refused that was refused at all. */
  readonly refusals: readonly number[];
}

/** Creates all without the limit and then with it, once for each round, of which each takes 20 s. */
async function measure({ runs }: Options, stack: OpenedStack, limit: Limit): Promise<Round[]> {
  const { admin } = stack.emulator;
  const rounds: Round[] = [];
  while (rounds.length < runs) {
    const span = spanOf(stack.emulator);
    const free = await stack.perform("create");
    const around = free.seconds - span();
    await stack.perform("destroy");
    admin.limit(limit);
    const { seconds, trace } = await stack.perform("create");
    const refusals = Object.values(admin.refused());
    admin.limit();
    await stack.perform("destroy");
    const needed = free.trace.methods.length;
    rounds.push({ seconds, allowed: needed / most.calls + around, calls: trace.methods.length, needed, refusals });
  }
  return rounds;
}

/** Returns what tells the seconds from the first call to the last answer. */
function spanOf({ admin }: Emulator): () => number {
  const times: number[] = [];
  const stop = admin.onCall(() => {
    times.push(performance.now());
  });
  return () => {
    stop();
    return (times.at(-1)! - times[0]!) / 1000;
  };
}

const tableOf = (all: readonly Measured[], size: number, latency: number) =>
  table(
    `${size} × Project, at most ${most.calls} calls a second, ${latency} ms latency`,
    `The limit allows as many seconds as the calls that the same creation makes without it, ${most.calls} in each, and what that creation takes before its first call and after its last. Calls that only the limit causes, such as repeats, add nothing to that. The emulator lets the first ${most.calls} calls come at once, which is not subtracted.`,
    ["told by", "seconds", "the limit allows", "÷", "calls", "without a limit", "refused"],
    all.map(({ says, rounds }) => [
      says,
      spread(rounds.map(({ seconds }) => seconds)),
      spread(rounds.map(({ allowed }) => allowed)),
      spread(ratioOf(rounds)),
      ...[
        rounds.map(({ calls }) => calls),
        rounds.map(({ needed }) => needed),
        rounds.map(({ refusals }) => refusals.length),
      ].map((counts) => spread(counts, 0)),
    ]),
  );

function rowsOf({ says, rounds }: Measured, size: number): Row[] {
  const ratio = ratioOf(rounds);
  const repeats = Math.max(0, ...rounds.flatMap(({ refusals }) => refusals));
  return [
    {
      figure: `create of ${size} projects at ${most.calls} calls a second, told by ${says}, plugin, YAML`,
      target: "≤ 1.1 × what the limit allows",
      measured: spread(ratio),
      holds: median(ratio) <= 1.1,
    },
    {
      figure: `the most repeats of one refused call, told by ${says}`,
      target: "≤ 1",
      measured: `${repeats}`,
      holds: repeats <= 1,
    },
  ];
}

const ratioOf = (rounds: readonly Round[]) =>
  ratios(
    rounds.map(({ seconds }) => seconds),
    rounds.map(({ allowed }) => allowed),
  );
