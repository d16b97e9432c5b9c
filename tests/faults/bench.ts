import { tokens } from "../../emulator";
import type { Definition } from "../../provider/model/definition";
import { kindName, nameIn } from "../../provider/model/module";
import type { JsonObject } from "../../provider/value/json";
import type { Adapter } from "./adapter";
import { type Connection, connection } from "./connection";
import type { Resource, Stored } from "./engine";
import { type ProviderProcess, startProvider } from "./provider-process";

/** One run of a program: a provider that remembers nothing of the ones before. */
export interface Life {
  readonly provider: Connection;
  readonly process: ProviderProcess;
  resource(definition: Definition, name: string, inputs: JsonObject): Resource;
  /** Returns a state as this run reads it. */
  reading(state: readonly Stored[]): Stored[];
}

/** What runs are made with. */
export interface Bench {
  /** Begins a run, in a process that serves others as well if that is the same to it; it gets no answers once it is over. */
  begin(host: string, over?: Promise<never>): Promise<Life>;
  /** Begins a run in a process of its own. */
  beginAlone(host: string): Promise<Life>;
  /** What the processes have told the engine and printed so far. */
  heard(): Promise<string[]>;
  close(): Promise<void>;
}

/** A process that serves many runs. */
interface Shared {
  readonly process: Promise<ProviderProcess>;
  usedAt: number;
}

/** Milliseconds without a call after which no run is left in a process: longer than any wait. */
const idle = 90_000;

/** Makes a bench for providers of one sort. */
export function createBench(adapter: Adapter): Bench {
  const shared: Shared[] = [];
  let number = 0;
  const running: Promise<ProviderProcess>[] = [];
  const beginAlone = async (host: string, over?: Promise<never>): Promise<Life> => {
    const process = await startProvider(adapter, { host, token: tokens.owner });
    running.push(Promise.resolve(process));
    return life(adapter, process, (kind, urn) => adapter.hidden(kind, urn, []), over);
  };
  return {
    beginAlone,
    async begin(host, over) {
      const { renewed } = adapter;
      if (!renewed) return beginAlone(host, over);
      // Each run leaves its modules behind. The processes before may still serve runs that have begun there.
      if (number++ % 150 === 0) {
        const started = startProvider(adapter, { host, token: tokens.owner });
        running.push(started);
        for (const old of shared.filter(({ usedAt }) => performance.now() - usedAt > idle)) {
          shared.splice(shared.indexOf(old), 1);
          old.process.then((process) => process.kill());
        }
        shared.unshift({ process: started, usedAt: performance.now() });
      }
      const account = { host, token: tokens.owner, number };
      const mine = shared[0]!;
      const used = (): void => {
        mine.usedAt = performance.now();
      };
      used();
      return life(adapter, await mine.process, (kind, urn) => renewed(kind, urn, [], account), over, used);
    },
    heard: async () =>
      (await Promise.all(running)).flatMap(({ said, hidden, printed }) => [...said, ...hidden, ...printed]),
    close: async () => void (await Promise.all(running.map(async (process) => (await process).kill()))),
  };
}

function life(
  adapter: Adapter,
  process: ProviderProcess,
  hidden: (kind: string, urn: string) => JsonObject,
  over: Promise<never> | undefined,
  used?: () => void,
): Life {
  const hide = ({ urn }: { urn: string }, properties: JsonObject): JsonObject => ({
    ...properties,
    ...hidden(kindIn(urn), urn),
  });
  return {
    provider: connection(process.client, adapter.acceptsSecrets, over, used),
    process,
    resource(definition, name, inputs) {
      const type = adapter.typeOf(kindName(definition));
      const urn = `urn:pulumi:test::faults::${type}::${name}`;
      return { urn, type, name, inputs: hide({ urn }, inputs) };
    },
    reading: (state) =>
      state.map((stored) => ({
        ...stored,
        inputs: hide(stored, stored.inputs),
        outputs: hide(stored, stored.outputs),
      })),
  };
}

const kindIn = (urn: string): string =>
  nameIn((urn.split("::").at(-2) ?? "").replace(/^pulumi-nodejs:dynamic\/gitpod[:/]/, ""));
