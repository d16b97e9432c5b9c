import { setTimeout as sleep } from "node:timers/promises";
import type { Listening } from "./hints";

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

/** What to wait for. */
export interface Wait<T> {
  /** Reads the object once. */
  readonly look: () => Promise<T>;
  /** Tells whether what was read is what is waited for; throws where it never will be. */
  readonly isReached: (seen: T) => boolean | Promise<boolean>;
  /** Makes the error for when the deadline is hit. */
  readonly late: () => Error;
  /** Begins to listen for hints that it is worthwhile to read again. */
  readonly listen?: ((hear: () => void) => Listening) | undefined;
  /** Is called now and again while nothing is read. */
  readonly tick?: (() => void) | undefined;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Listens, reads, and reads again on each hint and by the clock, until what is waited for is there. Running out of time
 * or being cancelled is never success, and whatever the end, nothing is left behind.
 */
export async function until<T>(wait: Wait<T>): Promise<T> {
  const { look, isReached, late, listen, tick, deadline, clock, signal } = wait;
  const bell = createBell(clock);
  const listening = listen?.(bell.ring);
  try {
    for (let pause = firstPause; ; pause = Math.min(pause * 1.5, longestPause)) {
      signal?.throwIfAborted();
      const seen = await look();
      if (await isReached(seen)) return seen;
      const left = deadline - clock.now();
      if (left <= 0) throw late();
      const poll = listening?.isHealthy() ? slowPoll : jittered(pause);
      const next = clock.now() + Math.min(poll, left);
      while (clock.now() < next && !(await bell.wait(Math.min(next - clock.now(), tickEvery), signal))) tick?.();
    }
  } finally {
    listening?.close();
  }
}

/** Milliseconds between reads without events; they grow from the first to the longest. */
const firstPause = 2000;
const longestPause = 10_000;

/** Milliseconds between reads that back a healthy stream of events. */
const slowPoll = 30_000;

/** Milliseconds. */
const tickEvery = 1000;

/** Milliseconds within which hints count as one. */
const coalesced = 1000;

const jittered = (milliseconds: number): number => milliseconds * (0.8 + 0.4 * Math.random());

interface Bell {
  readonly ring: () => void;
  /** Waits this long or until the bell rings, and tells whether it did: at once at first, later at most once a second. */
  wait(milliseconds: number, signal: AbortSignal | undefined): Promise<boolean>;
}

function createBell(clock: Clock): Bell {
  let rung = false;
  let answered = Number.NEGATIVE_INFINITY;
  let wake = (): void => undefined;
  return {
    ring() {
      rung = true;
      wake();
    },
    async wait(milliseconds, signal) {
      if (!rung) {
        const rings = new Promise<void>((resolve) => {
          wake = resolve;
        });
        await eitherOf(rings, milliseconds, clock, signal);
      }
      if (!rung) return false;
      const quiet = answered + coalesced - clock.now();
      if (quiet > 0) await clock.sleep(quiet, signal);
      answered = clock.now();
      rung = false;
      return true;
    },
  };
}

/** Waits for whichever comes first, and leaves no timer behind. */
async function eitherOf(
  event: Promise<void>,
  milliseconds: number,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<void> {
  const done = new AbortController();
  const either = signal ? AbortSignal.any([signal, done.signal]) : done.signal;
  try {
    await Promise.race([event, clock.sleep(milliseconds, either)]);
  } finally {
    done.abort();
  }
}
