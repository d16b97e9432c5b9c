import type { Assumed } from "../../emulator";
import type { JsonObject } from "../../provider/value/json";
import { type Scene, createScene as setScene } from "../scene";
import { createPlayingClock } from "../timeline";

/** What the provider does in the area of an assumption. */
export interface Behavior {
  /** Lets the provider act, and returns what comes of it. */
  readonly act: (scene: Scene) => Promise<unknown>;
  /** What comes of it where the service does as assumed. */
  readonly usual: unknown;
  /** What comes of it where it does otherwise; missing: the same. */
  readonly otherwise?: unknown;
}

/** Sets a scene on an emulator with choices that are switched; its objects move one phase with each read. */
export function sceneAssuming(assume: Assumed): Scene {
  const clock = createPlayingClock();
  return setScene({ pace: "per-read", clock, now: () => Math.floor(clock.now()), assume });
}

/** Returns how work has ended: done, or with this message. */
export const endOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "done",
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );

/** Counts the objects of a table. */
export const count = ({ emulator }: Scene, table: Parameters<Scene["emulator"]["admin"]["objects"]>[0]): number =>
  emulator.admin.objects(table).length;

/** Returns the only object of a table. */
export function only({ emulator }: Scene, table: Parameters<Scene["emulator"]["admin"]["objects"]>[0]): JsonObject {
  const [object, ...others] = emulator.admin.objects(table);
  if (object === undefined || others.length > 0) throw new Error(`expected one object, not ${others.length + 1}`);
  return object as JsonObject;
}

/** Lets somebody else act right before the first call of a method. */
export function before({ emulator }: Scene, method: string, act: () => void): void {
  const stop = emulator.admin.onCall((called, moment) => {
    if (called !== method || moment !== "before") return;
    stop();
    act();
  });
}
