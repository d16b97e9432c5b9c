import { setImmediate } from "node:timers/promises";
import type { Clock } from "../provider/value/clock";

/** A clock that stands still until the test moves it. */
export interface Timeline extends Clock {
  /** Lets this much time pass, sleep by sleep, and everything happen that happens by itself meanwhile. */
  pass(milliseconds: number): Promise<void>;
  /** How many sleeps have not ended. */
  pending(): number;
}

interface Sleep {
  readonly at: number;
  readonly wake: () => void;
}

/** Makes a clock at the beginning of its time. */
export function createTimeline(): Timeline {
  const { sleeps, clock, moveTo } = createClock();
  return {
    ...clock,
    async pass(milliseconds) {
      const end = clock.now() + milliseconds;
      await quiet();
      for (let next = firstOf(sleeps); next && next.at <= end; next = firstOf(sleeps)) {
        moveTo(next.at);
        for (const sleep of sleeps) if (sleep.at <= next.at) sleep.wake();
        await quiet();
      }
      moveTo(end);
    },
    pending: () => sleeps.size,
  };
}

/** Makes a clock that moves to the end of the next sleep whenever nothing else is going on. */
export function createPlayingClock(): Clock {
  const { sleeps, clock, moveTo } = createClock();
  let isPlaying = false;
  const play = async (): Promise<void> => {
    isPlaying = true;
    for (let next = firstOf(sleeps); next; next = firstOf(sleeps)) {
      // Only the limit of a read is that far away, and calls in memory take some turns.
      let turns = next.at - clock.now() > 60_000 ? 2000 : 40;
      for (; turns > 0 && next === firstOf(sleeps); turns -= 10) await quiet(10);
      if (turns > 0) continue;
      moveTo(next.at);
      next.wake();
    }
    isPlaying = false;
  };
  return {
    now: clock.now,
    sleep: (milliseconds, signal) => {
      const sleep = clock.sleep(milliseconds, signal);
      if (!isPlaying) void play();
      return sleep;
    },
  };
}

function createClock() {
  let now = Date.parse("2026-01-31T12:00:00Z");
  const sleeps = new Set<Sleep>();
  const clock: Clock = {
    now: () => now,
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const leave = (): void => {
          sleeps.delete(sleep);
          signal?.removeEventListener("abort", cancel);
        };
        const sleep: Sleep = { at: now + milliseconds, wake: () => resolve(leave()) };
        const cancel = (): void => {
          leave();
          reject(signal?.reason);
        };
        sleeps.add(sleep);
        signal?.addEventListener("abort", cancel);
      }),
  };
  const moveTo = (time: number): void => {
    now = Math.max(now, time);
  };
  return { sleeps, clock, moveTo };
}

const firstOf = (sleeps: ReadonlySet<Sleep>): Sleep | undefined => [...sleeps].sort((a, b) => a.at - b.at)[0];

/** Lets everything happen that happens without time: calls in memory take some turns of the event loop. */
export async function quiet(turns = 40): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await setImmediate();
}
