import type { Interceptor } from "@connectrpc/connect";
import { isLimit } from "./retry-delay";

/**
 * Bounds how many unary calls are under way at once. The bound halves when the server limits the rate, and grows again
 * by one with every full round of successes.
 */
export function concurrency(most: number): Interceptor {
  let bound = most;
  let running = 0;
  const waiting: (() => void)[] = [];
  const leave = (): void => {
    running -= 1;
    while (running < Math.floor(bound) && waiting.length > 0) {
      running += 1;
      waiting.shift()?.();
    }
  };
  const enter = (): Promise<void> | undefined => {
    if (running < Math.floor(bound)) {
      running += 1;
      return undefined;
    }
    return new Promise((resolve) => waiting.push(resolve));
  };
  return (next) => async (request) => {
    if (request.stream) return next(request);
    await enter();
    try {
      request.signal.throwIfAborted();
      const answer = await next(request);
      bound = Math.min(most, bound + 1 / bound);
      return answer;
    } catch (error) {
      if (isLimit(error)) bound = Math.max(1, bound / 2);
      throw error;
    } finally {
      leave();
    }
  };
}
