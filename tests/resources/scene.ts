import { classicTokens, ids } from "../../emulator";
import { check } from "../../provider/check/check";
import { apis } from "../../provider/client/api";
import { create } from "../../provider/lifecycle/create";
import { read } from "../../provider/lifecycle/read";
import { remove } from "../../provider/lifecycle/remove";
import { update } from "../../provider/lifecycle/update";
import { type Difference, diff } from "../../provider/mapping/diff";
import type { Definition } from "../../provider/model/definition";
import { NotReady } from "../../provider/model/not-ready";
import type { Operation } from "../../provider/model/operation";
import type { State } from "../../provider/model/state";
import type { JsonObject } from "../../provider/value/json";
import { show } from "../../provider/value/path";
import { type Scene, createScene as setScene } from "../scene";
import { createPlayingClock } from "../timeline";

/** An object of a kind under the care of the core, as an engine would keep it. */
export interface Kept {
  id: string;
  state: State;
}

/** Sets a scene whose objects move one phase with each read; time passes only by waiting. */
export const createScene = (token?: string): Scene =>
  setScene({ pace: "per-read", clock: createPlayingClock(), token });

/** Sets such a scene in Gitpod Classic, where the clocks of both sides are one. */
export function createClassicScene(token: string = classicTokens.owner): Scene {
  const clock = createPlayingClock();
  return setScene({ pace: "per-read", clock, now: () => Math.floor(clock.now()), token, api: apis.experimental });
}

/** Sets a scene on the API that serves a kind. */
export const sceneFor = ({ module }: Definition): Scene => (module ? createClassicScene() : createScene());

/** Checks inputs and creates an object. */
export async function created(
  scene: Scene,
  definition: Definition,
  inputs: JsonObject,
  overrides: Partial<Operation> = {},
): Promise<Kept> {
  return create(definition, scene.operation(overrides, definition), checked(definition, inputs));
}

/** Checks inputs and updates an object to them; the state is kept in either case. */
export async function updated(scene: Scene, definition: Definition, kept: Kept, inputs: JsonObject): Promise<void> {
  kept.state = await update(
    definition,
    scene.operation({}, definition),
    kept.id,
    kept.state,
    checked(definition, inputs),
  );
}

/** Takes note of what the server has; undefined where the object is gone. */
export async function refreshed(scene: Scene, definition: Definition, kept: Kept): Promise<State | undefined> {
  const state = await read(definition, scene.operation({}, definition), kept.id, kept.state);
  if (state) kept.state = state;
  return state;
}

/** Deletes an object. */
export const removed = (scene: Scene, definition: Definition, kept: Kept): Promise<void> =>
  remove(definition, scene.operation({}, definition), kept.id, kept.state);

/** Compares what is kept with inputs. */
export const difference = (scene: Scene, definition: Definition, kept: Kept, inputs: JsonObject): Difference =>
  diff(scene.memory(), definition, kept.state, checked(definition, inputs));

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
export async function callsDuring(scene: Scene, work: () => Promise<unknown>): Promise<Record<string, number>> {
  scene.emulator.admin.resetCalls();
  await work();
  return scene.emulator.calls();
}

function checked(definition: Definition, inputs: JsonObject): JsonObject {
  const { inputs: canonical, failures } = check(definition, inputs);
  if (failures.length > 0) throw new Error(failures.map(({ path, reason }) => `${show(path)}: ${reason}`).join("\n"));
  return canonical;
}

export { ids, type Scene };
