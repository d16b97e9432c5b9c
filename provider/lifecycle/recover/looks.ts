import type { Client } from "../../client/client";
import { identity } from "../../client/identity";
import { kindName } from "../../model/module";
import type { Operation } from "../../model/operation";
import { createdAt, creatorOf } from "../../model/remote-object";
import { lags } from "../../reading/confirm-gone";
import { allOf, ownFilter, scopeFilter } from "../../reading/pages";
import type { JsonObject } from "../../value/json";
import { perOwner } from "../../value/per-owner";
import type { CreateAttempt } from "./create-attempt";

/** An object that does not show its origin counts for so many milliseconds. */
export const hour = 3_600_000;

/** An object that hardly belongs to anybody else counts for so many milliseconds. */
export const day = 24 * hour;

/** Milliseconds by which the clocks of server and machine may differ. */
export const skew = 60_000;

/** Keeps the objects that the token's user has created since a time and that the engine has not named. */
export async function ours(
  { client, memory }: Pick<Operation, "client" | "memory">,
  objects: readonly JsonObject[],
  since: number,
): Promise<JsonObject[]> {
  const { subjectId } = await identity(client);
  return objects.filter((object) => {
    const creator = creatorOf(object);
    // What does not say yet when it began is about to begin.
    const isYoung = (createdAt(object) ?? Number.POSITIVE_INFINITY) > since;
    return isYoung && (creator === undefined || creator === subjectId) && !memory.named.has(String(object.id));
  });
}

/** Returns the objects that the token's user has, as this process saw them before its first create. */
export const firstLook = (attempt: CreateAttempt): Promise<JsonObject[]> =>
  once(attempt, "first", () => ownNow(attempt));

/**
 * Returns the objects that the token's user has, as soon as a list shows one that this process has made: then it shows
 * all that were made before, however far it lags behind. Where none does, the last of several looks counts.
 */
export const laterLook = (attempt: CreateAttempt, made: JsonObject): Promise<JsonObject[]> =>
  once(attempt, "later", async () => {
    const { clock, signal } = attempt.operation;
    const seen = new Map<unknown, JsonObject>();
    for (const pause of [0, ...lags]) {
      if (pause > 0) await clock.sleep(pause, signal);
      for (const object of await ownNow(attempt)) seen.set(object.id, object);
      if (seen.has(made.id)) break;
    }
    await afterOthers(attempt.operation);
    return [...seen.values()];
  });

/** Keeps the objects that the first look did not show. */
export async function notInFirstLook(attempt: CreateAttempt, objects: readonly JsonObject[]): Promise<JsonObject[]> {
  const before = new Set((await firstLook(attempt)).map(({ id }) => id));
  return objects.filter(({ id }) => !before.has(id));
}

/** Whether an object was made before another one; ids grow with time. */
export const isOlder = (object: JsonObject, than: JsonObject): boolean =>
  (createdAt(object) ?? 0) <= (createdAt(than) ?? 0) && String(object.id) < String(than.id);

/** Returns the objects that the token's user has. */
export async function ownNow({ definition, operation, inputs }: CreateAttempt): Promise<JsonObject[]> {
  const { client, clock } = operation;
  const { subjectId } = await identity(client);
  const filter = { ...ownFilter(definition, subjectId), ...scopeFilter(definition, inputs) };
  return allOf(definition, { client, clock }, filter);
}

/** Waits for the creates of this process that are under way, so that what they have made is known by its id. */
export const afterOthers = async ({ client }: Operation): Promise<void> => {
  await Promise.allSettled(createsOf(client).underWay);
};

/** One look serves all creates of a kind and scope in this process. */
function once(
  { definition, operation: { client }, inputs }: CreateAttempt,
  name: string,
  look: () => Promise<JsonObject[]>,
): Promise<JsonObject[]> {
  const { looks } = createsOf(client);
  const key = [name, kindName(definition), JSON.stringify(scopeFilter(definition, inputs))].join(" ");
  const looked = looks.get(key) ?? look();
  looks.set(key, looked);
  looked.catch(() => looks.delete(key));
  return looked;
}

/** Takes note of a create call for as long as it is under way. */
export function whileUnderWay<T>({ client }: Operation, call: Promise<T>): Promise<T> {
  const { underWay } = createsOf(client);
  underWay.add(call);
  return call.finally(() => underWay.delete(call));
}

/** The looks that all creates with a client share, and their calls that are under way. */
const createsOf = perOwner((_: Client): Creates => ({ looks: new Map(), underWay: new Set() }));

interface Creates {
  readonly looks: Map<string, Promise<JsonObject[]>>;
  readonly underWay: Set<Promise<unknown>>;
}
