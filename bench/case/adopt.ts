import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readInventory } from "../../adopt/read";
import { classicTokens, createEmulator, type Emulator, tokens } from "../../emulator";
import { apis } from "../../provider/client/api";
import { type Client, createClient } from "../../provider/client/client";
import { fill } from "../../tests/adopt/world";
import { root } from "../../tools/root";
import { run } from "../../tools/run";
import { noteMemory } from "../memory";
import type { Call } from "../raw/repeat";
import { type Case, table } from "../result";
import { median, ratios, spread } from "../statistics";
import { follow } from "../trace";

/** What it costs to make a program of an account. */
export const adopt: Case = {
  name: "adopt",
  about: "the command that takes over 5,000 objects over all kinds",
  async run({ runs, floors, size = 5000, latency = 20, say }) {
    const emulator = createEmulator();
    const folder = mkdtempSync(join(tmpdir(), "pulumi-gitpod-adopt-"));
    try {
      say(`filling an organization with ${size} objects`);
      await fill(emulator, { count: size, seed: 1 });
      const { calls, pages } = await readingOf(emulator);
      const { url: host } = await emulator.listen();
      if (latency > 0) emulator.admin.fault({ method: "*", times: Number.POSITIVE_INFINITY, delay: latency });
      const samples: Sample[] = [];
      for (let round = 0; round < runs; round++) {
        const raw = await seconds(() => repeat(floors.repeat, host, calls));
        samples.push({ raw, ...(await adopted(emulator, host, join(folder, `${round}`))) });
      }
      return resultOf(samples, {
        what: `adopt of ${size.toLocaleString("en")} objects over all kinds`,
        latency,
        pages,
      });
    } finally {
      await emulator.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** What one round has found: seconds of the calls alone and of the command, and its memory in MiB. */
interface Sample {
  readonly raw: number;
  readonly whole: number;
  readonly memory: number;
  readonly methods: readonly string[];
}

function resultOf(
  samples: readonly Sample[],
  { what, latency, pages }: { readonly what: string; readonly latency: number; readonly pages: number },
) {
  const [wholes, raws] = [samples.map(({ whole }) => whole), samples.map(({ raw }) => raw)];
  const memory = Math.max(...samples.map((sample) => sample.memory));
  const methods = samples.at(-1)?.methods ?? [];
  const ratio = ratios(wholes, raws);
  return {
    tables: [
      table(
        `${what}, ${latency} ms latency`,
        "Both are processes, from their start to their end. The command writes the program as well; the raw calls are its own, made by the client alone, as many at once.",
        ["seconds", "raw calls", "÷ raw calls", "calls", "MiB"],
        [[spread(wholes), spread(raws), spread(ratio), `${methods.length}`, memory.toFixed(0)]],
      ),
    ],
    rows: [
      {
        figure: what,
        target: `≤ 1.2 calls for each page, of which there are ${pages}`,
        measured: `${methods.length} calls`,
        holds: methods.length <= 1.2 * pages,
      },
      {
        figure: `${what}, ${latency} ms latency`,
        target: "≤ 1.3 × raw calls",
        measured: spread(ratio),
        holds: median(ratio) <= 1.3,
      },
      { figure: what, target: "≤ 250 MiB", measured: `${memory.toFixed(0)} MiB`, holds: memory <= 250 },
    ],
  };
}

/** Runs the command in a process. */
async function adopted(emulator: Emulator, host: string, folder: string): Promise<Omit<Sample, "raw">> {
  const memory = noteMemory(tmpdir());
  const followed = follow(emulator);
  const args = [join(root, "dist", "command", "main.js"), "adopt", "--out", folder];
  const env = {
    ...memory.env,
    GITPOD_BASE_URL: host,
    GITPOD_API_KEY: tokens.readOnly,
    GITPOD_CLASSIC_HOST: host,
    GITPOD_CLASSIC_TOKEN: classicTokens.owner,
  };
  const whole = await seconds(() => succeed(run(process.execPath, args, { env })));
  return { whole, memory: memory.take("main.js"), methods: followed().methods };
}

/** Makes calls in a process. */
async function repeat(script: string, host: string, calls: readonly Call[]): Promise<void> {
  const args = [script, host, tokens.readOnly, classicTokens.owner];
  await succeed(run(process.execPath, args, { input: JSON.stringify(calls) }));
}

async function succeed(running: ReturnType<typeof run>): Promise<void> {
  const { code, stderr } = await running;
  if (code !== 0) throw new Error(stderr);
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

/** The calls that a reading makes, and how many pages the lists have that it needs. */
async function readingOf(emulator: Emulator): Promise<{ calls: Call[]; pages: number }> {
  const calls: Call[] = [];
  const pages = new Map<string, number>();
  const noting = (api: keyof typeof apis, token: string): Client => {
    const client = createClient(emulator.transport(token), { host: "https://emulator.test", api: apis[api] });
    return {
      ...client,
      call(method, request, options) {
        const name = `${method.parent.typeName}/${method.name}`;
        calls.push({ api, method: name, request: JSON.parse(JSON.stringify(request)) });
        return client.call(method, request, options);
      },
    };
  };
  await readInventory(
    { index: noting("index", tokens.readOnly), experimental: noting("experimental", classicTokens.owner) },
    { progress: ({ kind, total, objects }) => pages.set(kind, Math.max(total, Math.ceil(objects / wholePage))) },
  );
  return { calls, pages: [...pages.values()].reduce((sum, count) => sum + count, 0) };
}

/** The most objects that the API gives at once. */
const wholePage = 100;
