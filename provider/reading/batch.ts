import { AsyncLocalStorage } from "node:async_hooks";
import { setImmediate, setTimeout as sleep } from "node:timers/promises";
import type { Client } from "../client/client";
import type { Definition } from "../model/definition";
import type { Operation } from "../model/operation";
import type { Clue } from "../model/state";
import type { JsonObject } from "../value/json";
import { perOwner } from "../value/per-owner";
import { find } from "./find";
import { idsField, idsFilter, pagesOf, scopeFilter } from "./pages";

/**
 * Reads an object as `find` does, together with others of its kind: reads that arrive while others are under way wait for
 * those, and then one list answers them. The list begins after the reads that it answers. An object that it does not show
 * gets a read of its own, since only that proves that the object is gone; where there is no other read, a whole list does.
 */
export async function findTogether(
  definition: Definition,
  operation: Operation,
  id: string,
  clue: Clue = {},
): Promise<JsonObject | undefined> {
  const isNarrow = definition.within !== undefined || idsField(definition) !== undefined;
  if (!definition.list || (definition.get && !isNarrow)) return find(definition, operation, id, clue);
  const queue = queueOf(definition, operation.client);
  return new Promise((resolve, reject) => {
    const read = AsyncLocalStorage.bind(() => find(definition, operation, id, clue));
    queue.waiting.push({ operation, id, clue, read, resolve, reject });
    if (!queue.isBusy) void serve(definition, queue);
  });
}

/** The reads of a kind that wait for each other. */
interface Queue {
  waiting: Reading[];
  isBusy: boolean;
  /** Milliseconds that the last round took; missing before the first. */
  took?: number;
}

interface Reading {
  readonly operation: Operation;
  readonly id: string;
  readonly clue: Clue;
  /** Reads the object by itself, in the name of the resource that it is for. */
  readonly read: () => Promise<JsonObject | undefined>;
  readonly resolve: (found: JsonObject | undefined | Promise<JsonObject | undefined>) => void;
  readonly reject: (error: unknown) => void;
}

function queueOf(definition: Definition, client: Client): Queue {
  const known = queuesOf(client);
  const queue = known.get(definition) ?? { waiting: [], isBusy: false };
  known.set(definition, queue);
  return queue;
}

const queuesOf = perOwner((_: Client) => new Map<Definition, Queue>());

/** Milliseconds that a round gathers at least and at most, once there was one before. */
const gathering = { least: 5, most: 50 };

/** Answers round after round until nobody waits. */
async function serve(definition: Definition, queue: Queue): Promise<void> {
  queue.isBusy = true;
  while (queue.waiting.length > 0) {
    // Whoever comes in the same turn of the event loop comes along, and where there were others before, also who comes
    // within the time of a call: the farther away the API is, the more a call costs.
    const { took } = queue;
    await (took === undefined ? setImmediate() : sleep(Math.min(Math.max(took, gathering.least), gathering.most)));
    const round = queue.waiting;
    queue.waiting = [];
    const began = performance.now();
    await Promise.all(groupsOf(definition, round).map((group) => answer(definition, group)));
    queue.took = performance.now() - began;
  }
  queue.isBusy = false;
}

/** Reads that one list can answer. */
interface Group {
  readonly filter: JsonObject;
  readonly readings: Reading[];
}

function groupsOf(definition: Definition, round: readonly Reading[]): Group[] {
  const isByIds = idsField(definition) !== undefined;
  const groups = new Map<string, Reading[]>();
  for (const [i, reading] of round.entries()) {
    const scope = JSON.stringify(scopeFilter(definition, reading.clue.inputs));
    const key = isByIds ? `${scope} ${Math.floor(i / mostIds)}` : scope;
    groups.set(key, [...(groups.get(key) ?? []), reading]);
  }
  return [...groups.values()].map((readings) => ({
    readings,
    filter: {
      ...scopeFilter(definition, readings[0]!.clue.inputs),
      ...idsFilter(
        definition,
        readings.map(({ id }) => id),
      ),
    },
  }));
}

/** The most ids that the API takes in a filter. */
const mostIds = 25;

async function answer(definition: Definition, { filter, readings }: Group): Promise<void> {
  const { found, isWhole } = readings.length > 1 ? await listed(definition, filter, readings) : nothing;
  await Promise.all(
    readings.map(({ id, read, resolve, reject }) => {
      const remote = found.get(id);
      if (remote || (isWhole && !definition.get)) return resolve(remote);
      return read().then(resolve, reject);
    }),
  );
}

/** What a list has shown of the objects that it was asked for. */
interface Shown {
  readonly found: ReadonlyMap<string, JsonObject>;
  /** Whether it has shown all that there is. */
  readonly isWhole: boolean;
}

const nothing: Shown = { found: new Map(), isWhole: false };

/**
 * Lists objects, with no more calls than reads of their own would take where there are such. A list that fails answers
 * nothing more, so that each object is read by itself, with what that says.
 */
async function listed(definition: Definition, filter: JsonObject, readings: readonly Reading[]): Promise<Shown> {
  const wanted = new Set(readings.map(({ id }) => id));
  const found = new Map<string, JsonObject>();
  const { client, clock } = readings[0]!.operation;
  const signals = readings.flatMap(({ operation }) => operation.signal ?? []);
  const signal = signals.length > 0 ? AbortSignal.any(signals) : undefined;
  let pagesLeft = definition.get ? wanted.size - 1 : Number.POSITIVE_INFINITY;
  try {
    for await (const { objects } of pagesOf(definition, { client, clock, signal }, filter)) {
      for (const object of objects) if (wanted.has(String(object.id))) found.set(String(object.id), object);
      pagesLeft -= 1;
      if (found.size === wanted.size || pagesLeft <= 0) return { found, isWhole: false };
    }
  } catch {
    return { found, isWhole: false };
  }
  return { found, isWhole: true };
}
