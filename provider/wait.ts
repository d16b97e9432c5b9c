import { setTimeout as sleep } from "node:timers/promises";

/** The time, as far as waiting needs it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

/** The time of this machine. */
export const systemClock: Clock = {
  now: Date.now,
  sleep: (milliseconds, signal) => sleep(milliseconds, undefined, signal && { signal }),
};

/** What to wait for. */
export interface Wait<T> {
  /** Reads the object once. */
  readonly look: () => Promise<T>;
  /** Tells whether what was read is what is waited for; throws where it never will be. */
  readonly isReached: (seen: T) => boolean | Promise<boolean>;
  /** Makes the error for when the deadline is hit. */
  readonly late: () => Error;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
}

/** Reads until what is waited for is there. Running out of time or being cancelled is never success. */
export async function until<T>({ look, isReached, late, deadline, clock, signal }: Wait<T>): Promise<T> {
  for (let pause = firstPause; ; pause = Math.min(pause * 1.5, longestPause)) {
    signal?.throwIfAborted();
    const seen = await look();
    if (await isReached(seen)) return seen;
    const left = deadline - clock.now();
    if (left <= 0) throw late();
    await clock.sleep(Math.min(jittered(pause), left), signal);
  }
}

/** Milliseconds. */
const firstPause = 500;
const longestPause = 10_000;

const jittered = (milliseconds: number): number => milliseconds * (0.8 + 0.4 * Math.random());
