import { createEmulator, type Emulator, ids } from "../../emulator";
import { check } from "../../provider/check/check";
import { type Client, createClient } from "../../provider/client/client";
import { create } from "../../provider/lifecycle/create";
import { read } from "../../provider/lifecycle/read";
import { remove } from "../../provider/lifecycle/remove";
import { update } from "../../provider/lifecycle/update";
import { type Difference, diff } from "../../provider/mapping/diff";
import type { Definition } from "../../provider/model/definition";
import { NotReady } from "../../provider/model/not-ready";
import type { Operation } from "../../provider/model/operation";
import { createMemory, type RunMemory } from "../../provider/model/run-memory";
import type { State } from "../../provider/model/state";
import type { JsonObject } from "../../provider/value/json";
import { show } from "../../provider/value/path";
import { createPlayingClock } from "../waiting/timeline";

/** An emulator whose objects move one phase with each read, and what works on it. */
export interface Stage {
  readonly emulator: Emulator;
  /** What was told on the rows of resources. */
  readonly told: string[];
  operation(overrides?: Partial<Operation>): Operation;
  /** What the run knows. */
  memory(): RunMemory;
  /** Begins another run, which knows nothing of the one before. */
  restart(): void;
}

/** An object of a kind under the care of the core, as an engine would keep it. */
export interface Kept {
  id: string;
  state: State;
}

/** Makes a stage; time passes only by waiting. */
export function createStage(token?: string): Stage {
  const emulator = createEmulator({ pace: "per-read" });
  const told: string[] = [];
  const clock = createPlayingClock();
  const tell = (line: string): void => {
    told.push(line);
  };
  const voice = { progress: tell, every: 10_000, inform: tell, warn: (line: string) => tell(`warning: ${line}`) };
  const connect = (): Client => createClient(emulator.transport(token), { host: "https://emulator.test/api" });
  let client = connect();
  let memory = createMemory();
  return {
    emulator,
    told,
    restart() {
      client = connect();
      memory = createMemory();
    },
    memory: () => memory,
    operation: (overrides = {}) => ({ client, memory, clock, secrets: [], voice, ...overrides }),
  };
}

/** Checks inputs and creates an object. */
export async function created(
  stage: Stage,
  definition: Definition,
  inputs: JsonObject,
  overrides: Partial<Operation> = {},
): Promise<Kept> {
  return create(definition, stage.operation(overrides), checked(definition, inputs));
}

/** Checks inputs and updates an object to them; the state is kept in either case. */
export async function updated(stage: Stage, definition: Definition, kept: Kept, inputs: JsonObject): Promise<void> {
  kept.state = await update(definition, stage.operation(), kept.id, kept.state, checked(definition, inputs));
}

/** Takes note of what the server has; undefined where the object is gone. */
export async function refreshed(stage: Stage, definition: Definition, kept: Kept): Promise<State | undefined> {
  const state = await read(definition, stage.operation(), kept.id, kept.state);
  if (state) kept.state = state;
  return state;
}

/** Deletes an object. */
export const removed = (stage: Stage, definition: Definition, kept: Kept): Promise<void> =>
  remove(definition, stage.operation(), kept.id, kept.state);

/** Compares what is kept with inputs. */
export const difference = (stage: Stage, definition: Definition, kept: Kept, inputs: JsonObject): Difference =>
  diff(stage.memory(), definition, kept.state, checked(definition, inputs));

/** Returns the error of work that leaves an object created but not ready. */
export async function notReady(work: Promise<unknown>): Promise<NotReady> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof NotReady)) throw new Error(`expected an object that is not ready, got ${error}`);
  return error;
}

/** Returns the calls that were made while work was done, by method. */
export async function callsDuring(stage: Stage, work: () => Promise<unknown>): Promise<Record<string, number>> {
  stage.emulator.admin.resetCalls();
  await work();
  return stage.emulator.calls();
}

function checked(definition: Definition, inputs: JsonObject): JsonObject {
  const { inputs: canonical, failures } = check(definition, inputs);
  if (failures.length > 0) throw new Error(failures.map(({ path, reason }) => `${show(path)}: ${reason}`).join("\n"));
  return canonical;
}

export { ids };
