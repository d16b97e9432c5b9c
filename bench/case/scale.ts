import { engineSubjects } from "../engine-subject";
import type { Kind } from "../kinds";
import { floorOf, lineOf, measureLife, type Plan, type Series, secondsOf } from "../life";
import { peerSubjects } from "../peer-subject";
import { type Case, type Options, type Result, type Table, table } from "../result";
import { ratios, spread, sums } from "../statistics";
import { type Operation, operations, type Setting, type Subject } from "../subject";
import { rowsOf } from "./scale-rows";

/** What is done to a stack, at several sizes and distances, beside the floors and the peers. */
export const scale: Case = {
  name: "scale",
  about: "what is done to 1, 100 and 1,000 objects, beside the floors and the peers",
  async run(options) {
    const results: Result[] = [];
    for (const { setting, plan, subjects } of partsOf(options)) {
      options.say(titleOf(setting));
      const series = await measureLife(setting, subjects, plan, options.floors);
      results.push({ tables: [tableOf(setting, series)], rows: rowsOf(setting, series) });
    }
    return {
      tables: results.flatMap(({ tables = [] }) => tables),
      rows: results.flatMap(({ rows = [] }) => rows),
    };
  },
};

/** One setting, what is done in it, and by whom. */
interface Part {
  readonly setting: Setting;
  readonly plan: Plan;
  readonly subjects: readonly Subject[];
}

function partsOf({ all, size, latency, kind = "Project", subjects: some = "", runs, floors }: Options): Part[] {
  const chosen = kind as Kind;
  const subjects = [...engineSubjects(floors.plugin), ...peerSubjects()].filter(({ name }) =>
    new RegExp(some).test(name),
  );
  const part = (many: number, far: number, each: readonly Operation[], first: readonly Operation[] = []): Part => ({
    setting: { kind: chosen, size: many, latency: far },
    plan: { runs, first, each },
    subjects,
  });
  const possible = operations.filter((operation) => operation !== "update" || chosen !== "TaskExecution");
  if (size !== undefined || latency !== undefined) return [part(size ?? 100, latency ?? 0, possible)];
  if (all) return [0, 20].flatMap((far) => [1, 100, 1000].map((many) => part(many, far, possible)));
  // What must hold; the others are behind the options.
  return [
    less(part(1, 0, ["create", "destroy"]), /TypeScript|dynamic/),
    part(100, 20, ["create", "destroy"]),
    less(part(1000, 0, possible), /plugin, TypeScript/),
  ];
}

/** The same without some subjects. */
const less = (part: Part, without: RegExp): Part => ({
  ...part,
  subjects: part.subjects.filter(({ name }) => !without.test(name)),
});

const titleOf = ({ kind, size, latency }: Setting): string =>
  `${size.toLocaleString("en")} × ${kind}, ${latency === 0 ? "no latency" : `${latency} ms latency`}`;

const tableOf = (setting: Setting, all: readonly Series[]): Table =>
  table(
    titleOf(setting),
    "Seconds are of this machine on this day; ratios count. The raw calls are those of the subject, made by its client alone, as many at once.",
    ["operation", "subject", "seconds", "÷ floor", "÷ (floor + raw calls)", "calls", "MiB"],
    all
      .filter(({ samples }) => samples.length > 0)
      .map((series) => {
        const floor = floorOf(all, series);
        return lineOf(series, floor).toSpliced(4, 0, besideRaw(series, floor));
      }),
  );

function besideRaw(series: Series, floor: Series | undefined): string {
  if (!floor || series.raw.length === 0) return "";
  return spread(ratios(secondsOf(series), sums(secondsOf(floor), series.raw)));
}
