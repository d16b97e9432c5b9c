import type { Site } from "../site";

/** How many calls there may be in a time. */
export interface Most {
  readonly calls: number;
  /** Milliseconds. */
  readonly within: number;
}

/** Counts what each caller does, and forgets it when its time is over. */
export interface Counter {
  /**
   * Counts a call for so many, unless that would be more than there may be: then it returns the milliseconds until there
   * is room for it.
   */
  add(key: string, most: Most, cost?: number): number | undefined;
}

/**
 * Makes a counter. Each call counts from when it came until the time is over, so that no time of that length has more calls
 * than there may be, whenever it begins. A call that is refused does not count.
 */
export function createCounter(site: Site): Counter {
  const made = new Map<string, readonly { readonly at: number; readonly cost: number }[]>();
  return {
    add: (key, { calls, within }, cost = 1) => {
      const past = (made.get(key) ?? []).filter(({ at }) => at > site.now() - within);
      let left = calls - cost;
      const full = past.findLast((one) => {
        left -= one.cost;
        return left < 0;
      });
      if (full !== undefined || left < 0) {
        return (full?.at ?? site.now()) + within - site.now();
      }
      made.set(key, [...past, { at: site.now(), cost }]);
      return undefined;
    },
  };
}
