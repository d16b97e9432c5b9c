import type { Interceptor } from "@connectrpc/connect";
import { type Clock, systemClock } from "../value/clock";

/** How many calls of one account a server takes in a time. */
export interface Rate {
  readonly calls: number;
  /** Milliseconds. */
  readonly within: number;
  /** For how many calls one of a method counts, by its full name; the others count for `each`. */
  readonly costs?: { readonly [method: string]: number };
  readonly each: number;
}

/**
 * Holds calls back that would be more than a server takes, in the order in which they come. It knows of no other process
 * that calls in the same name, so that a refusal may come nevertheless.
 */
export function pace({ calls, within, costs = {}, each }: Rate, { now, sleep }: Clock = systemClock): Interceptor {
  const turns: Turn[] = [];
  /** Returns when the next one may leave; forgets turns that no later one can meet. */
  const next = (cost: number): number => {
    let left = calls - cost;
    const full = turns.findLastIndex((turn) => {
      left -= turn.cost;
      return left < 0;
    });
    const free = full < 0 ? 0 : turns[full]!.at + within * margin;
    turns.splice(0, full);
    return Math.max(now(), turns.at(-1)?.at ?? 0, free);
  };
  return (go) => async (request) => {
    const { name, parent } = request.method;
    const cost = costs[`${parent.typeName}.${name}`] ?? each;
    if (cost > 0) {
      const at = next(cost);
      turns.push({ at, cost });
      if (at > now()) await sleep(at - now(), request.signal);
    }
    return go(request);
  };
}

/** A call that has left or will. */
interface Turn {
  readonly at: number;
  readonly cost: number;
}

/** How much longer than by the server the calls count here, since some are under way for longer than others. */
const margin = 1.05;
