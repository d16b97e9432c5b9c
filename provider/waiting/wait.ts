import { type Clock, jittered } from "../value/clock";
import type { Listening } from "./events";

/** What to wait for, and how. */
export interface Wait<T> {
  /** Reads the object once; the signal fires when the answer is no longer needed. */
  readonly look: (signal: AbortSignal) => Promise<T>;
  /** Says whether the wait is over; throws where it can only end badly. */
  readonly isReached: (seen: T) => boolean | Promise<boolean>;
  /** Makes the error for a wait that has taken too long, from what was read last. */
  readonly late: (seen: T | undefined) => Error | Promise<Error>;
  /** Begins to listen for hints that the object may have changed. */
  readonly listen?: ((hear: () => void) => Listening) | undefined;
  /** Is called once a second between reads. */
  readonly tick?: (() => void) | undefined;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  /** When the same answer may mean something else, so that the next read comes then; milliseconds since the epoch. */
  readonly readAt?: () => number;
  /** Milliseconds between reads without events; the last one counts from then on. */
  readonly pauses: readonly number[];
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads, and reads again at each hint and by the clock, until the wait is over. A wait that runs out of time or is
 * cancelled throws, and however it ends, it leaves no timer and no listener behind.
 */
export async function waitUntil<T>(wait: Wait<T>): Promise<T> {
  const { look, isReached, late, listen, tick, deadline, readAt, pauses, clock, signal } = wait;
  const reading = startLimit(clock, deadline + patience, signal);
  const bell = createBell(clock);
  const listening = listen?.(bell.ring);
  let seen: T | undefined;
  try {
    for (let reads = 0; ; reads++) {
      signal?.throwIfAborted();
      const last = seen;
      seen = await look(reading.signal).catch(async (error) => {
        throw reading.isOver() ? await late(last) : error;
      });
      if (await isReached(seen)) return seen;
      const left = deadline - clock.now();
      if (left <= 0) throw await late(seen);
      const poll = listening?.isHealthy() ? slowPoll : jittered(pauses[reads] ?? pauses.at(-1) ?? slowPoll);
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

/** Milliseconds between reads while events arrive. */
const slowPoll = 30_000;

/** Milliseconds between two ticks. */
const tickEvery = 1000;

/** Milliseconds within which hints count as one. */
const coalesced = 1000;

/** How long, in milliseconds, a read may still take after the deadline. */
const patience = 5000;

interface Limit {
  /** Fires when the time is over and on cancellation. */
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
  /** Waits until the bell rings, but no longer than this, and says whether it rang: at once, then at most once a second. */
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

/** Waits for the event or the time, whichever comes first, and leaves no timer behind. */
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

/** Fires a signal with another one; what it returns undoes that, since the other one may live as long as the process. */
function link(signal: AbortSignal | undefined, target: AbortController): () => void {
  if (!signal) return () => undefined;
  const pass = (): void => target.abort(signal.reason);
  if (signal.aborted) pass();
  signal.addEventListener("abort", pass, { once: true });
  return () => signal.removeEventListener("abort", pass);
}
