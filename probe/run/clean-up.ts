import { Code, ConnectError } from "@connectrpc/connect";
import type { Client } from "../../provider/client/client";
import { orAbsent } from "../../provider/client/error/absence";
import { hasTargets } from "../../provider/model/phase";
import { find } from "../../provider/reading/find";
import { pagesOf, scopeFilter } from "../../provider/reading/pages";
import type { JsonObject } from "../../provider/value/json";
import type { Undo } from "../bench";
import type { Entry, Ledger, ObjectEntry, Whose } from "./ledger";
import { operationWith } from "./operation";
import type { Patience } from "./patient";
import { undoing } from "./undo";

/** What cleaning up takes. */
export interface Cleaning extends Pick<Patience, "clock" | "signal"> {
  /** Returns a client for an entry that does not end with the probes. */
  readonly clientFor: (entry: Whose) => Client;
}

/** What could not be undone, and why. */
export interface Left {
  readonly entry: Entry;
  /** Why, such as `permission_denied`. */
  readonly why: string;
  /** The calls that would undo it; none where it is not known whether there is anything. */
  readonly undo: readonly Undo[];
}

/**
 * Undoes what the ledger has, the newest first, and closes what is undone. What does not go at once is asked for again,
 * and what lingers is waited for. Never throws: what stays is returned with the reason.
 */
export async function cleanUp(ledger: Ledger, cleaning: Cleaning): Promise<Left[]> {
  const left: Left[] = [];
  const asked: Entry[] = [];
  for (const entry of [...ledger.open()].reverse()) {
    const why = await tried(cleaning, () => ask(entry, cleaning));
    if (why === undefined) asked.push(entry);
    else left.push(await remainder(entry, why, cleaning));
  }
  for (const entry of asked) {
    const why = await tried(cleaning, () => ended(entry, cleaning));
    if (why === undefined) ledger.close(entry);
    else left.push(await remainder(entry, why, cleaning));
  }
  return left;
}

/** Makes the calls that undo an entry. */
async function ask(entry: Entry, cleaning: Cleaning): Promise<void> {
  const client = cleaning.clientFor(entry);
  if (!("what" in entry) && entry.isInDoubt) await findInDoubt(entry, client, cleaning);
  for (const { method, request } of await undoing(entry, client))
    await orAbsent(client.call(method, request, { repeatable: true }));
}

/**
 * Looks for what a create may have made that never answered. A list may show it late, but after a minute a replica has
 * caught up, so that what no list shows then was not made.
 */
async function findInDoubt(entry: ObjectEntry, client: Client, cleaning: Cleaning): Promise<void> {
  if (entry.definition.list === undefined && entry.definition.findAll === undefined)
    throw new Error("its create was not answered, and nothing lists such objects");
  for (const pause of [...looks, undefined]) {
    for (const id of await idsOf(entry, client, cleaning)) entry.ids.add(id);
    if (entry.ids.size > 0 || pause === undefined) break;
    await cleaning.clock.sleep(pause, cleaning.signal);
  }
  entry.isInDoubt = false;
}

/** Milliseconds between looks for what a create may have made: a minute in all. */
const looks = [1000, 2000, 4000, 8000, 15_000, 30_000];

/** Returns the ids of the objects that have the name of an entry somewhere; nobody else gives such names. */
async function idsOf(
  { definition, name, request }: ObjectEntry,
  client: Client,
  { clock, signal }: Cleaning,
): Promise<string[]> {
  const all: JsonObject[] = [];
  if (definition.list !== undefined)
    for await (const { objects } of pagesOf(definition, { client, clock, signal }, scopeFilter(definition, request)))
      all.push(...objects);
  else all.push(...((await definition.findAll?.({ client }))?.objects ?? []));
  return all.filter((object) => JSON.stringify(object).includes(name)).map(({ id }) => String(id));
}

/** Waits until an object is gone that takes its time. */
async function ended(entry: Entry, cleaning: Cleaning): Promise<void> {
  if ("what" in entry || !(entry.definition.lingers ?? hasTargets(entry.definition))) return;
  const { definition, request: inputs, ids } = entry;
  const { clock, signal } = cleaning;
  const operation = operationWith(cleaning.clientFor(entry), clock, signal);
  const end = clock.now() + longest;
  for (const id of ids)
    for (let pause = 250; (await find(definition, operation, id, { inputs })) !== undefined; pause *= 1.5) {
      if (clock.now() >= end) throw new Error("it is being deleted, but does not go");
      await clock.sleep(Math.min(pause, 5000), signal);
    }
}

/** Milliseconds that a deletion may take. */
const longest = 300_000;

/** Tries something some times; returns why it failed. */
async function tried({ clock, signal }: Cleaning, act: () => Promise<void>): Promise<string | undefined> {
  for (const pause of [...pauses, undefined]) {
    try {
      await act();
      return undefined;
    } catch (error) {
      const isHopeless = !(error instanceof ConnectError) || hopeless.has(error.code);
      if (pause === undefined || signal.aborted || isHopeless) return reasonOf(error, signal);
    }
    const isOver = await clock.sleep(pause, signal).then(
      () => false,
      () => true,
    );
    if (isOver) return interrupted;
  }
  return undefined;
}

/** Milliseconds between attempts. */
const pauses = [500, 2000, 5000];

const hopeless: ReadonlySet<Code> = new Set([Code.Unauthenticated, Code.PermissionDenied, Code.Unimplemented]);

const interrupted = "the cleanup was interrupted";

function reasonOf(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return interrupted;
  return error instanceof ConnectError ? Code[error.code] : error instanceof Error ? error.message : String(error);
}

const remainder = async (entry: Entry, why: string, { clientFor }: Cleaning): Promise<Left> => ({
  entry,
  why,
  // Naming an object may take a call of its own, which fails with the others.
  undo: await undoing(entry, clientFor(entry)).catch(() => []),
});
