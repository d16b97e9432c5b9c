/** Takes a call that comes at a time, or returns the milliseconds until it would. */
export type Rate = (now: number) => number | undefined;

/** Takes so many calls in any time of that length. */
export function slidingWindow(calls: number, within: number): Rate {
  let taken: number[] = [];
  return (now) => {
    taken = taken.filter((at) => at > now - within);
    const full = taken.at(-calls);
    if (full !== undefined) return full + within - now;
    taken.push(now);
    return undefined;
  };
}

/** Takes so many calls in each time of that length, one such time after the other. */
export function fixedWindow(calls: number, within: number): Rate {
  let [began, taken] = [0, 0];
  return (now) => {
    if (now >= began + within) [began, taken] = [now - (now % within), 0];
    if (taken >= calls) return began + within - now;
    taken += 1;
    return undefined;
  };
}

/** Takes a call for each token of a bucket that holds at most so many, and into which that many come in a time. */
export function tokenBucket(calls: number, within: number, most: number): Rate {
  let [tokens, at] = [most, 0];
  return (now) => {
    tokens = Math.min(most, tokens + ((now - at) * calls) / within);
    at = now;
    if (tokens < 1) return ((1 - tokens) * within) / calls;
    tokens -= 1;
    return undefined;
  };
}

/** The same, with its delays in whole seconds. */
export const inSeconds =
  (rate: Rate): Rate =>
  (now) => {
    const wait = rate(now);
    return wait === undefined ? undefined : Math.ceil(wait / 1000) * 1000;
  };
