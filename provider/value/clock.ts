import { setTimeout as sleep } from "node:timers/promises";

/** The time, as far as waiting needs it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Rejects when the signal fires. */
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

/** The time of this machine. */
export const systemClock: Clock = {
  now: Date.now,
  sleep: (milliseconds, signal) => sleep(milliseconds, undefined, signal && { signal }),
};

/** Returns a pause that differs each time, by factors between these two, so that many do not come at the same moment. */
export const jittered = (milliseconds: number, least = 0.8, most = 1.2): number =>
  milliseconds * (least + (most - least) * Math.random());
