import { engineSubjects } from "../engine-subject";
import { callsOf, floorOf, lineOf, measureLife, type Plan, type Series, secondsOf } from "../life";
import { type Case, type Options, type Result, type Row, table } from "../result";
import { organization as kind } from "../shares";
import { median, ratios, spread } from "../statistics";
import { countsOf } from "../trace";

/** What an organization with many objects of all kinds costs beside the floor. */
export const organization: Case = {
  name: "organization",
  about: "a refresh and the memory of 2,000 and 5,000 objects over all kinds",
  async run(options) {
    const chosen = partsOf(options);
    const least = chosen === parts ? await leastMemory(options) : undefined;
    const results: Result[] = [];
    for (const part of chosen) results.push(await measured(part, options, least));
    return {
      tables: results.flatMap(({ tables = [] }) => tables),
      rows: results.flatMap(({ rows = [] }) => rows),
    };
  },
};

/** How many objects, how far away, and what must hold of them; nothing where a part is for orientation. */
interface Part {
  readonly size: number;
  readonly latency: number;
  readonly most?: { readonly calls: number; readonly mib: number };
}

const parts: readonly Part[] = [
  { size: 2000, latency: 0, most: { calls: 300, mib: 130 } },
  { size: 5000, latency: 0, most: { calls: 700, mib: 170 } },
  { size: 2000, latency: 20 },
];

const partsOf = ({ size, latency }: Options): readonly Part[] =>
  size === undefined && latency === undefined
    ? parts
    : [
        parts.find((part) => part.size === size && part.latency === (latency ?? 0)) ?? {
          size: size ?? 2000,
          latency: latency ?? 0,
        },
      ];

/** An organization in which most kinds have one object. */
const smallest = 100;

/** Returns the most memory, in MiB, that the plugin takes for the smallest organization. */
async function leastMemory({ floors, say }: Options): Promise<number> {
  const ours = engineSubjects(floors.plugin).filter(({ name }) => name === plugin);
  say(`${smallest} objects over all kinds`);
  return mostMemory(await measureLife({ kind, size: smallest, latency: 0 }, ours, { ...plan, runs: 1 }));
}

async function measured(
  { size, latency, most }: Part,
  { runs, floors, say }: Options,
  least: number | undefined,
): Promise<Result> {
  const objects = `${size.toLocaleString("en")} objects over all kinds`;
  const title = `${objects}, ${latency === 0 ? "no latency" : `${latency} ms latency`}`;
  say(title);
  const subjects = engineSubjects(floors.plugin).filter(({ name }) => [plugin, floor].includes(name));
  const all = await measureLife({ kind, size, latency }, subjects, { ...plan, runs });
  const refresh = all.find(({ subject, operation }) => subject.name === plugin && operation === refreshing)!;
  return {
    tables: [
      table(
        title,
        "Seconds are of this machine on this day; ratios count. How many there are of each kind is in `bench/shares.ts`.",
        ["operation", "subject", "seconds", "÷ floor", "calls", "MiB"],
        all.map((series) => lineOf(series, floorOf(all, series))),
      ),
      table(
        `${title}: the calls of a refresh`,
        "Of the last round.",
        ["method", "calls"],
        Object.entries(countsOf(refresh.samples.at(-1)?.trace.methods ?? []))
          .sort(([, one], [, other]) => other - one)
          .map(([method, count]) => [method.split("/")[1]!, String(count)]),
      ),
    ],
    rows: most ? [...rowsOf(objects, most, all, refresh), ...growthRows(size, all, least)] : [],
  };
}

function rowsOf(
  objects: string,
  most: { readonly calls: number; readonly mib: number },
  all: readonly Series[],
  refresh: Series,
): Row[] {
  const ratio = ratios(secondsOf(refresh), secondsOf(floorOf(all, refresh)!));
  const figure = `preview with refresh of ${objects}, plugin, YAML`;
  const memory = refresh.samples.map((sample) => sample.memory);
  return [
    { figure, target: `≤ 1.35 × ${floor}`, measured: spread(ratio), holds: median(ratio) <= 1.35 },
    {
      figure,
      target: `≤ ${most.calls} calls`,
      measured: spread(callsOf(refresh), 0),
      holds: median(callsOf(refresh)) <= most.calls,
    },
    {
      figure: `plugin process, ${figure}`,
      target: `≤ ${most.mib} MiB`,
      measured: `${spread(memory, 0)} MiB`,
      holds: median(memory) <= most.mib,
    },
  ];
}

function growthRows(size: number, all: readonly Series[], least: number | undefined): Row[] {
  if (least === undefined) return [];
  const most = mostMemory(all.filter(({ subject }) => subject.name === plugin));
  const more = ((most - least) * 1000) / (size - smallest);
  return [
    {
      figure: `plugin process, each 1,000 of ${size.toLocaleString("en")} objects beyond ${smallest} over all kinds`,
      target: "≤ 35 MiB",
      measured: `${more.toFixed(0)} MiB (${least.toFixed(0)} MiB at ${smallest})`,
      holds: more <= 35,
    },
  ];
}

const mostMemory = (all: readonly Series[]): number =>
  Math.max(...all.flatMap(({ samples }) => samples.map(({ memory }) => memory)));

const plugin = "plugin, YAML";
const floor = "do-nothing plugin";
const refreshing = "preview with refresh";
const plan: Omit<Plan, "runs"> = { first: ["create"], each: [refreshing] };
