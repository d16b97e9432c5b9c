import { statSync } from "node:fs";
import { join } from "node:path";
import { builtPlugin } from "../../tools/engine/yaml";
import { engineSubjects } from "../engine-subject";
import { measureLife } from "../life";
import { startPlugin } from "../plugin-process";
import { type Case, table } from "../result";
import { median, ratios, spread } from "../statistics";
import type { Subject } from "../subject";

/** When the plugin listens, and how much memory it takes. */
export const process: Case = {
  name: "process",
  about: "when the plugin listens, and the memory of the providers at 1 and at 1,000 resources",
  async run({ runs, floors, say }) {
    const [ours, floor]: [Started, Started] = [nothingYet(), nothingYet()];
    for (let round = 0; round < runs; round++) {
      await start(floor, floors.plugin);
      await start(ours);
    }
    const subjects = engineSubjects(floors.plugin).filter(({ name }) => /^(plugin, YAML|.*dynamic.*)$/.test(name));
    say("memory at 1 resource");
    const small = await memoryAt(1, subjects);
    say("memory at 1,000 resources");
    const large = await memoryAt(1000, subjects);
    const plugin = "plugin, YAML";
    const [most, least] = [large.get(plugin)!, small.get(plugin)!];
    const dynamic = large.get("dynamic, TypeScript")! / large.get("do-nothing dynamic provider")!;
    const bundle = statSync(join(builtPlugin, "pulumi-resource-gitpod.js")).size;
    return {
      tables: [
        table(
          "The plugin's process, idle",
          "Milliseconds from the start of Node.js to the line with the port; MiB resident at most until then.",
          ["plugin", "ms", "÷ floor", "MiB"],
          [
            ["do-nothing", spread(floor.listening, 0), "", spread(floor.memory, 0)],
            [
              "ours",
              spread(ours.listening, 0),
              spread(ratios(ours.listening, floor.listening)),
              spread(ours.memory, 0),
            ],
          ],
        ),
        table(
          "The memory of a provider's process",
          "MiB resident at most, over the creation and a preview with refresh of that many projects.",
          ["provider", "at 1", "at 1,000"],
          subjects.map(({ name }) => [name, small.get(name)!.toFixed(0), large.get(name)!.toFixed(0)]),
        ),
      ],
      rows: [
        {
          figure: "plugin, from its start to listening",
          target: "≤ 150 ms",
          measured: `${spread(ours.listening, 0)} ms`,
          holds: median(ours.listening) <= 150,
        },
        {
          figure: "plugin, idle",
          target: "≤ 95 MiB",
          measured: `${spread(ours.memory, 0)} MiB`,
          holds: median(ours.memory) <= 95,
        },
        {
          figure: "plugin, its script",
          target: "≤ 2.5 MB",
          measured: `${(bundle / 1e6).toFixed(2)} MB`,
          holds: bundle <= 2.5e6,
        },
        {
          figure: "plugin process at 1,000 resources",
          target: "≤ 120 MiB",
          measured: `${most.toFixed(0)} MiB`,
          holds: most <= 120,
        },
        {
          figure: "plugin process at 1,000 resources",
          target: "≤ 1.4 × at 1",
          measured: `${(most / least).toFixed(2)} (${least.toFixed(0)} MiB at 1)`,
          holds: most / least <= 1.4,
        },
        {
          figure: "dynamic provider's process at 1,000 resources",
          target: "≤ 1.2 × do-nothing dynamic provider",
          measured: dynamic.toFixed(2),
          holds: dynamic <= 1.2,
        },
      ],
    };
  },
};

/** Milliseconds until plugins listened, and the memory that they had. */
interface Started {
  readonly listening: number[];
  readonly memory: number[];
}

const nothingYet = (): Started => ({ listening: [], memory: [] });

async function start({ listening, memory }: Started, folder?: string): Promise<void> {
  const plugin = await startPlugin(folder);
  listening.push(plugin.listening);
  memory.push(await plugin.end());
}

/** Returns the most that each subject's process has had. */
async function memoryAt(size: number, subjects: readonly Subject[]): Promise<Map<string, number>> {
  const setting = { kind: "Project", size, latency: 0 } as const;
  const plan = { runs: 1, first: [], each: ["create", "preview with refresh"] } as const;
  const series = await measureLife(setting, subjects, plan);
  const mostOf = (name: string) =>
    Math.max(
      ...series.filter(({ subject }) => subject.name === name).flatMap(({ samples }) => samples.map((s) => s.memory)),
    );
  return new Map(subjects.map(({ name }) => [name, mostOf(name)]));
}
