import { engineSubjects } from "../engine-subject";
import { everyKind, kinds } from "../kinds";
import { floorOf, measureLife, type Plan, type Series } from "../life";
import { type Case, table } from "../result";
import { median, ratios, spread } from "../statistics";
import { told } from "../trace";

/** What an organization with many objects of all kinds costs beside the floor, and beside one object of each. */
export const organization: Case = {
  name: "organization",
  about: "a refresh and the memory of 2,000 objects over all kinds",
  async run({ runs, floors, say }) {
    const subjects = engineSubjects(floors.plugin).filter(({ name }) => [plugin, floor].includes(name));
    const ours = subjects.filter(({ name }) => name === plugin);
    const few = { kind: everyKind, size: Object.keys(kinds).length, latency: 0 } as const;
    const many = { ...few, size: 2000 };
    say("one object of each kind");
    const least = mostMemory(await measureLife(few, ours, { ...plan, runs: 1 }));
    say("2,000 objects");
    const all = await measureLife(many, subjects, { ...plan, runs });
    const refresh = all.find(({ subject, operation }) => subject.name === plugin && operation === refreshing)!;
    const seconds = [refresh, floorOf(all, refresh)!].map(({ samples }) => samples.map((sample) => sample.seconds));
    const ratio = ratios(seconds[0]!, seconds[1]!);
    const most = mostMemory(all.filter(({ subject }) => subject.name === plugin));
    const more = ((most - least) * 1000) / (many.size - few.size);
    return {
      tables: [
        table(
          "2,000 objects over all kinds, no latency",
          "Seconds are of this machine on this day; ratios count. What they live in is there before.",
          ["operation", "subject", "seconds", "calls", "MiB"],
          all.map(({ operation, subject, samples }) => [
            operation,
            subject.name,
            spread(samples.map((sample) => sample.seconds)),
            subject.name === plugin ? told(samples.at(-1)?.trace.methods ?? []) : "",
            median(samples.map(({ memory }) => memory)).toFixed(0),
          ]),
        ),
      ],
      rows: [
        {
          figure: "preview with refresh of 2,000 objects over all kinds, plugin, YAML",
          target: `≤ 1.35 × ${floor}`,
          measured: spread(ratio),
          holds: median(ratio) <= 1.35,
        },
        {
          figure: "plugin process at 2,000 objects over all kinds",
          target: "≤ 180 MiB",
          measured: `${most.toFixed(0)} MiB`,
          holds: most <= 180,
        },
        {
          figure: "plugin process, each 1,000 objects beyond one of each kind",
          target: "≤ 35 MiB",
          measured: `${more.toFixed(0)} MiB (${least.toFixed(0)} MiB with one of each)`,
          holds: more <= 35,
        },
      ],
    };
  },
};

const plugin = "plugin, YAML";
const floor = "do-nothing plugin";
const refreshing = "preview with refresh";
const plan: Omit<Plan, "runs"> = { first: ["create"], each: [refreshing] };

const mostMemory = (all: readonly Series[]): number =>
  Math.max(...all.flatMap(({ samples }) => samples.map(({ memory }) => memory)));
