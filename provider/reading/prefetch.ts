import type { Client } from "../client/client";
import { orAbsent } from "../client/error/absence";
import type { Definition } from "../model/definition";
import { kindName } from "../model/module";
import type { Operation } from "../model/operation";
import { creatorOf } from "../model/remote-object";
import type { State } from "../model/state";
import type { JsonObject } from "../value/json";
import { perOwner } from "../value/per-owner";
import { idsField, ownFilter, type Page, pagesOf, parentFilter, scopeFilter } from "./pages";

/**
 * Returns a stored object as a page of a list shows it that was fetched ahead; undefined where it has to be read by
 * itself, which a page that does not show it says nothing about.
 *
 * A refresh reads all objects, about in the order of their creation. Once a few have been asked for, the objects of their
 * creator are fetched page by page, or those of their scope, the next one only while at least half of the last was asked
 * for. Where the pages have too many of others, those with the same parent are fetched. A page is good for a few seconds,
 * for one read of each object, and until this process writes anything.
 */
export async function foundAhead(
  definition: Definition,
  operation: Operation,
  id: string,
  { inputs, outputs }: State,
): Promise<JsonObject | undefined> {
  if (!definition.list) return undefined;
  const own = ownFilter(definition, creatorOf(outputs));
  const parent = parentFilter(definition, inputs);
  const filters = [scopeFilter(definition, inputs), ...(parent ? [parent] : [])].map((part) => ({ ...own, ...part }));
  const lanes = filters.map((filter) => laneOf(definition, operation, filter));
  knownTo(runOf(operation)).reads += 1;
  for (const lane of lanes) lane.asked.add(id);
  // Whoever comes in the same turn of the event loop counts as well.
  await new Promise(setImmediate);
  for (const lane of lanes) {
    const found = await foundIn(lane, definition, operation, id);
    if (found) return found;
  }
  return undefined;
}

async function foundIn(
  lane: Lane,
  definition: Definition,
  operation: Operation,
  id: string,
): Promise<JsonObject | undefined> {
  const { client, clock } = operation;
  while (client.writes() === 0) {
    const shown = lane.shown.get(id);
    lane.shown.delete(id);
    if (shown && clock.now() < shown.until) {
      if (isWorthwhile(lane, operation)) next(lane, operation).catch(() => undefined);
      return shown.object;
    }
    const hasNoOtherWay = !definition.get && idsField(definition) === undefined && !lane.isOver;
    if (!lane.coming && !hasNoOtherWay && !isWorthwhile(lane, operation)) return undefined;
    // A scope that is gone is found to be that by a read of its own.
    await orAbsent(next(lane, operation)).catch((error) => {
      if (!definition.get) throw error;
    });
  }
  return undefined;
}

/** The pages of one list, and what was asked for of them. */
interface Lane {
  readonly pages: AsyncGenerator<Page>;
  /** What was asked for; scopes and accounts of a kind share this, since whoever reads some objects in some reads more. */
  readonly asked: Set<string>;
  /** The objects that nobody has read yet, and until when they may be. */
  readonly shown: Map<string, { readonly object: JsonObject; readonly until: number }>;
  /** When the last page was good at the longest. */
  until: number;
  /** The ids on the last page. */
  last?: readonly string[];
  coming?: Promise<void> | undefined;
  /** Whether nothing comes after the last page. */
  isOver: boolean;
}

function laneOf(definition: Definition, operation: Operation, filter: JsonObject): Lane {
  const { client, clock, signal } = operation;
  const { within, as } = definition;
  const kind = kindName(definition);
  const { lanes } = knownTo(client);
  const { asked } = knownTo(runOf(operation));
  const key = `${kind} ${JSON.stringify(filter)}`;
  const lane = lanes.get(key);
  // What was listed to its end is listed again once its pages are too old.
  if (lane && (!lane.isOver || clock.now() < lane.until)) return lane;
  const made: Lane = {
    pages: pagesOf(definition, { client, clock, signal }, filter, { oldestFirst: true }),
    asked: ((within ?? as) && asked.get(kind)) ?? new Set(),
    shown: new Map(),
    until: clock.now() + goodFor,
    isOver: false,
  };
  asked.set(kind, made.asked);
  lanes.set(key, made);
  return made;
}

/** What is known of the reads that a client makes. */
interface Known {
  readonly lanes: Map<string, Lane>;
  readonly asked: Map<string, Set<string>>;
  /** How many objects were asked for, of all kinds. */
  reads: number;
}

const knownTo = perOwner((_: Client): Known => ({ lanes: new Map(), asked: new Map(), reads: 0 }));

/** The client that stands for the whole run, also where calls are made in the name of an account. */
const runOf = ({ client }: Operation): Client => client.actor?.given ?? client;

/** Milliseconds. */
const goodFor = 5000;

/**
 * Objects of a kind that are read one by one before a page is worthwhile. Beside many reads a page that shows little costs
 * little, and who reads two objects of a kind then mostly reads more.
 */
const few = { least: 1, most: 4 };

/** Objects of all kinds beyond which a refresh is that of a large stack. */
const many = 100;

function isWorthwhile({ asked, last, isOver }: Lane, operation: Operation): boolean {
  if (isOver) return false;
  if (last === undefined) return asked.size > (knownTo(runOf(operation)).reads > many ? few.least : few.most);
  return last.filter((id) => asked.has(id)).length * 2 >= last.length;
}

/** Fetches the next page, once for everybody who waits for it; nothing comes after a failure. */
function next(lane: Lane, { clock }: Operation): Promise<void> {
  lane.coming ??= fetched(lane, clock.now())
    .catch((error) => {
      lane.isOver = true;
      throw error;
    })
    .finally(() => {
      lane.coming = undefined;
    });
  return lane.coming;
}

async function fetched(lane: Lane, now: number): Promise<void> {
  for (const [id, { until }] of lane.shown) if (until <= now) lane.shown.delete(id);
  const { value: page } = await lane.pages.next();
  lane.isOver = !page || page.next === "";
  lane.until = now + goodFor;
  if (!page) return;
  lane.last = page.objects.map(({ id }: JsonObject) => String(id));
  for (const object of page.objects) lane.shown.set(String(object.id), { object, until: lane.until });
}
