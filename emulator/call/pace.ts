import { MethodOptions_IdempotencyLevel as Idempotency } from "@bufbuild/protobuf/wkt";
import type { Interceptor } from "@connectrpc/connect";
import type { Site } from "../site";
import { step } from "../step";

/**
 * What makes time pass: the test itself, each read, or a timer that steps every 25 ms (`fast`) or every second and a
 * half (`real`).
 */
export type Pace = "manual" | "per-read" | "fast" | "real";

const milliseconds: Partial<Record<Pace, number>> = { fast: 25, real: 1500 };

/** Steps after each read has been answered, so that the next one sees the next phase. */
export function readPace(site: Site): Interceptor {
  return (next) => async (request) => {
    const response = await next(request);
    if (!request.stream && request.method.idempotency === Idempotency.NO_SIDE_EFFECTS) {
      step(site);
    }
    return response;
  };
}

/** Starts the timer of a pace, if it has one, and returns what stops it; the timer keeps no process alive. */
export function startTimer(site: Site, pace: Pace): () => void {
  const interval = milliseconds[pace];
  if (interval === undefined) {
    return () => undefined;
  }
  const timer = setInterval(() => step(site), interval);
  timer.unref();
  return () => clearInterval(timer);
}
