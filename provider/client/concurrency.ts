import type { Interceptor, UnaryRequest } from "@connectrpc/connect";
import { type Clock, systemClock } from "../value/clock";
import { isLimit, retryDelay } from "./retry-delay";
import { type Departure, toldLimit } from "./told-limit";

/**
 * Bounds how many unary calls are under way at once, and holds all of them back once a server has told how long to wait.
 * They leave in the order in which they first came, so that a call that was refused goes before those that wait. The bound
 * halves when the server limits the rate without a delay, once for all calls under way, and grows again by one with every
 * full round of successes.
 */
export function concurrency(most: number, clock: Clock = systemClock): Interceptor {
  const limit = toldLimit(clock);
  const places = new WeakMap<UnaryRequest, number>();
  const waiting: Waiting[] = [];
  let [bound, running, came, halvedAt] = [most, 0, 0, 0];
  let alarm: AbortController | undefined;

  const placeOf = (request: UnaryRequest): number => {
    const place = places.get(request) ?? came;
    if (place === came) came += 1;
    places.set(request, place);
    return place;
  };
  const isFree = (): boolean => running < Math.floor(bound) && limit.next() <= clock.now();
  const go = (): Departure => {
    running += 1;
    return limit.leave();
  };
  const letGo = (): void => {
    while (waiting.length > 0 && isFree()) waiting.shift()?.leave(go());
    if (waiting.length === 0) alarm?.abort();
    else if (!alarm && running < Math.floor(bound)) void wakeAt(limit.next());
  };
  const wakeAt = async (at: number): Promise<void> => {
    alarm = new AbortController();
    // More may leave in a while than is known now.
    await clock.sleep(Math.min(Math.max(at - clock.now(), 0), 1000), alarm.signal).catch(() => undefined);
    alarm = undefined;
    letGo();
  };
  const enter = ({ signal }: UnaryRequest, place: number): Promise<Departure> | Departure =>
    waiting.length === 0 && isFree()
      ? go()
      : new Promise((resolve, reject) => {
          const give = (): void => {
            waiting.splice(waiting.indexOf(mine), 1);
            letGo();
            reject(signal.reason);
          };
          const mine: Waiting = {
            place,
            leave(call) {
              signal.removeEventListener("abort", give);
              resolve(call);
            },
          };
          signal.addEventListener("abort", give);
          waiting.splice(waiting.findLastIndex((other) => other.place < place) + 1, 0, mine);
          letGo();
        });

  return (next) => async (request) => {
    if (request.stream) return next(request);
    request.signal.throwIfAborted();
    const call = await enter(request, placeOf(request));
    try {
      const answer = await next(request);
      limit.take(call);
      bound = Math.min(most, bound + 1 / bound);
      return answer;
    } catch (error) {
      const delay = retryDelay(error);
      if (delay !== undefined) limit.refuse(call, delay);
      else if (isLimit(error) && call.left > halvedAt) {
        bound = Math.max(1, bound / 2);
        halvedAt = clock.now();
      }
      throw error;
    } finally {
      running -= 1;
      letGo();
    }
  };
}

/** A call that may not leave yet. */
interface Waiting {
  /** The number of its first coming. */
  readonly place: number;
  leave(call: Departure): void;
}
