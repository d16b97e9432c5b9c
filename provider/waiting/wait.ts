import { type Clock, jittered } from "../value/clock";
import type { Listening } from "./events";

/** What to wait for. */
export interface Wait<T> {
  /** Reads the object once; the signal fires when nobody waits for the answer anymore. */
  readonly look: (signal: AbortSignal) => Promise<T>;
  /** Tells whether what was read is what is waited for; throws where it never will be. */
  readonly isReached: (seen: T) => boolean | Promise<boolean>;
  /** Makes the error for when the deadline is hit, from what was read last. */
  readonly late: (seen: T | undefined) => Error | Promise<Error>;
  /** Begins to listen for hints that it is worthwhile to read again. */
  readonly listen?: ((hear: () => void) => Listening) | undefined;
  /** Is called now and again while nothing is read. */
  readonly tick?: (() => void) | undefined;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  /** When to read at the latest, since what is read may mean something else then; milliseconds since the epoch. */
  readonly readAt?: () => number;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Listens, reads, and reads again on each hint and by the clock, until what is waited for is there. Running out of time
 * or being cancelled is never success, and whatever the end, nothing is left behind.
 */
export async function waitUntil<T>(wait: Wait<T>): Promise<T> {
  const { look, isReached, late, listen, tick, deadline, readAt, clock, signal } = wait;
  const reading = startLimit(clock, deadline + patience, signal);
  const bell = createBell(clock);
  const listening = listen?.(bell.ring);
  let seen: T | undefined;
  try {
    for (let pause = firstPause; ; pause = Math.min(pause * 1.5, longestPause)) {
      signal?.throwIfAborted();
      const last = seen;
      seen = await look(reading.signal).catch(async (error) => {
        throw reading.isOver() ? await late(last) : error;
      });
      if (await isReached(seen)) return seen;
      const left = deadline - clock.now();
      if (left <= 0) throw await late(seen);
      const poll = listening?.isHealthy() ? slowPoll : jittered(pause);
      const due = (readAt?.() ?? 0) - clock.now();
      const next = clock.now() + Math.min(poll, left, due > 0 ? due : poll);
      while (clock.now() < next && !(await bell.wait(Math.min(next - clock.now(), tickEvery), signal))) tick?.();
    }
  } catch (error) {
    throw signal?.aborted ? signal.reason : error;
  } finally {
    listening?.close();
    reading.end();
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

/** Milliseconds after the deadline in which a read may still be answered. */
const patience = 5000;

interface Limit {
  /** Fires at the end of the time and on cancellation. */
  readonly signal: AbortSignal;
  /** Whether the time is over. */
  readonly isOver: () => boolean;
  readonly end: () => void;
}

function startLimit(clock: Clock, end: number, signal: AbortSignal | undefined): Limit {
  const limit = new AbortController();
  const unlink = link(signal, limit);
  let over = false;
  clock.sleep(end - clock.now(), limit.signal).then(
    () => {
      over = true;
      limit.abort();
    },
    () => undefined,
  );
  return {
    signal: limit.signal,
    isOver: () => over,
    end() {
      unlink();
      limit.abort();
    },
  };
}

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
  const unlink = link(signal, done);
  try {
    await Promise.race([event, clock.sleep(milliseconds, done.signal)]);
  } finally {
    unlink();
    done.abort();
  }
}

/** Passes the firing of a signal on; undone, it leaves nothing on a signal that lives as long as the process. */
function link(signal: AbortSignal | undefined, target: AbortController): () => void {
  if (!signal) return () => undefined;
  const pass = (): void => target.abort(signal.reason);
  if (signal.aborted) pass();
  signal.addEventListener("abort", pass, { once: true });
  return () => signal.removeEventListener("abort", pass);
}
