import { kinds } from "../kinds";
import { startPlugin } from "../plugin-process";
import type { Case } from "../result";
import { openSite, timed } from "../site";
import { countsOf } from "../trace";

/** What it takes to wait for many environments at once. */
export const waits: Case = {
  name: "waits",
  about: "200 environments waited for at once: streams, reads, memory",
  async run() {
    const site = await openSite(0, { pace: "real" });
    const plugin = await startPlugin();
    const provider = await plugin.connect(site);
    const { seconds, trace } = await timed(site, async () => {
      const made = Array.from({ length: count }, (_, number) => {
        const name = `demo-${number}`;
        const inputs = kinds.Environment(number, "first");
        return provider.create({ urn: `urn:pulumi:bench::bench::${type}::${name}`, type, name }, inputs);
      });
      const failed = (await Promise.all(made)).flatMap(({ initErrors }) => initErrors);
      if (failed.length > 0) throw new Error(failed.join("\n"));
    });
    await site.close();
    const memory = await plugin.end();
    const { [reads]: read = 0, [watches]: streams = 0 } = countsOf(trace.methods);
    const figure = `${count} environments waited for at once`;
    // Each is read when its wait begins and when the stream answers, and then at most once for each second with events.
    const mostReads = count * (2 + Math.ceil(seconds));
    return {
      rows: [
        { figure, target: "1 stream", measured: String(streams), holds: streams === 1 },
        {
          figure,
          target: `≤ 2 reads each and 1 for each second with events: ${mostReads}`,
          measured: `${read} in ${seconds.toFixed(0)} s`,
          holds: read <= mostReads,
        },
        { figure, target: "≤ 140 MiB", measured: `${memory.toFixed(0)} MiB`, holds: memory <= 140 },
      ],
    };
  },
};

const count = 200;
const type = "gitpod:index:Environment";
const reads = "EnvironmentService/GetEnvironment";
const watches = "EventService/WatchEvents";
