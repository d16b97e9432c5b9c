import type { Interceptor } from "@connectrpc/connect";
import type { Site } from "../site";
import { step } from "../step";
import { isRead } from "./read";

/**
 * What makes time pass: the test itself, each read, or a timer that steps every 25 ms (`fast`), or lets each object rest
 * for a quarter of a second (`brisk`) or a second and a half (`real`) after each change.
 */
export type Pace = "manual" | "per-read" | "fast" | "brisk" | "real";

/**
 * How often the timer steps, and how long each object rests, in milliseconds. A client that acts, reads and then listens
 * must have opened its stream before the object moves on, since events are not told again: 25 ms are too short for that.
 */
const timers: Partial<Record<Pace, { readonly every: number; readonly rest: number }>> = {
  fast: { every: 25, rest: 0 },
  brisk: { every: 25, rest: 250 },
  real: { every: 100, rest: 1500 },
};

/** Steps after each read has been answered, so that the next one sees the next phase. */
export function readPace(site: Site): Interceptor {
  return (next) => async (request) => {
    const response = await next(request);
    if (!request.stream && isRead(request.method)) {
      step(site);
    }
    return response;
  };
}

/** Starts the timer of a pace, if it has one, and returns what stops it; the timer keeps no process alive. */
export function startTimer(site: Site, pace: Pace): () => void {
  const timing = timers[pace];
  if (timing === undefined) {
    return () => undefined;
  }
  const { every, rest } = timing;
  const changedAt = new Map<string, number>();
  const touch = (id: string) => changedAt.set(id, performance.now());
  const unwatch = site.changes.watch(({ resourceId }) => touch(resourceId));
  const timer = setInterval(() => {
    const now = performance.now();
    step(site, { isDue: (id) => now - (changedAt.get(id) ?? 0) >= rest, onMove: touch });
  }, every);
  timer.unref();
  return () => {
    unwatch();
    clearInterval(timer);
  };
}
