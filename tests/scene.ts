import { classicTokens, createEmulator, type Emulator, type EmulatorOptions } from "../emulator";
import { type Api, apis } from "../provider/client/api";
import { type Client, createClient } from "../provider/client/client";
import type { Definition } from "../provider/model/definition";
import type { Operation } from "../provider/model/operation";
import { createMemory, type RunMemory } from "../provider/model/run-memory";
import type { Clock } from "../provider/value/clock";

/** An emulator in memory, and the core with a run on it. */
export interface Scene {
  readonly emulator: Emulator;
  /** What was told on the rows of resources, in order. */
  readonly told: string[];
  /** The operation on a kind, which calls the API that serves it. */
  operation(overrides?: Partial<Operation>, of?: Pick<Definition, "module">): Operation;
  /** What the run knows. */
  memory(): RunMemory;
  /** Begins another run, which knows nothing of the one before. */
  restart(): void;
}

/** What a test says about its scene. */
export interface SceneOptions extends EmulatorOptions {
  readonly clock: Clock;
  /** Whose calls the run makes; the owner's where it is left out. */
  readonly token?: string | undefined;
  /** Which API it calls; that of the module `index` where it is left out. */
  readonly api?: Api;
}

/** Sets a scene; it ends with the test by itself. */
export function createScene({ clock, token, api = apis.index, ...options }: SceneOptions): Scene {
  const emulator = createEmulator(options);
  const told: string[] = [];
  const begin = (): Operation =>
    operationOn(createClient(emulator.transport(token), { host: "https://emulator.test/api", api }), clock, told);
  const inClassic = (): Client =>
    createClient(emulator.transport(classicTokens.owner), { host: "https://emulator.test", api: apis.experimental });
  let run = begin();
  let classic = inClassic();
  return {
    emulator,
    told,
    operation: (overrides = {}, of = {}) => ({
      ...run,
      ...(of.module && api === apis.index && { client: classic }),
      ...overrides,
    }),
    memory: () => run.memory,
    restart() {
      run = begin();
      classic = inClassic();
    },
  };
}

/** Makes the operation of a run that has just begun and adds what it tells to a list. */
export function operationOn(client: Client, clock: Clock, told: string[] = []): Operation {
  const tell =
    (prefix = "") =>
    (line: string): void => {
      told.push(prefix + line);
    };
  const voice = { progress: tell(), every: 10_000, inform: tell("info: "), warn: tell("warning: ") };
  return { client, memory: createMemory(), clock, secrets: [], voice };
}

/** An emulator that answers over HTTP until it is closed. */
export interface Opened {
  readonly emulator: Emulator;
  /** Where it answers. */
  readonly host: string;
  close(): Promise<void>;
}

/** Opens an emulator for processes. */
export async function openEmulator(options: EmulatorOptions = {}): Promise<Opened> {
  const emulator = createEmulator(options);
  const { url: host } = await emulator.listen();
  return { emulator, host, close: () => emulator.close() };
}
