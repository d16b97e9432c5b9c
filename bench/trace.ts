import type { Emulator } from "../emulator";

/** The calls that an emulator has had in a while. */
export interface Trace {
  /** The methods in the order in which they came. */
  readonly methods: readonly string[];
  /** How many were under way at once at most, streams left out. */
  readonly atOnce: number;
}

/** Follows the calls of an emulator until the returned function is called. */
export function follow({ admin }: Emulator): () => Trace {
  const methods: string[] = [];
  let [underWay, atOnce] = [0, 0];
  const stop = admin.onCall((method, moment) => {
    if (moment === "before") methods.push(method);
    if (method === watch) return;
    underWay += moment === "before" ? 1 : -1;
    atOnce = Math.max(atOnce, underWay);
  });
  return () => {
    stop();
    return { methods, atOnce };
  };
}

/** Counts calls by method. */
export function countsOf(methods: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const method of methods) counts[method] = (counts[method] ?? 0) + 1;
  return counts;
}

/** Tells how many calls there were of which method. */
export function told(methods: readonly string[]): string {
  const each = Object.entries(countsOf(methods)).map(([method, count]) => `${method.split("/")[1]} ${count}`);
  return each.join(", ") || "none";
}

const watch = "EventService/WatchEvents";
