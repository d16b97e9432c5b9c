import { Code, ConnectError } from "@connectrpc/connect";
import type { Identity } from "../../provider/client/api";
import type { Client } from "../../provider/client/client";
import { identity } from "../../provider/client/identity";
import { addressOf } from "../../provider/model/address";
import type { Definition } from "../../provider/model/definition";
import { type Operation, quiet } from "../../provider/model/operation";
import { createMemory } from "../../provider/model/run-memory";
import { find } from "../../provider/reading/find";
import { isCutShort, ownFilter, pagesOf } from "../../provider/reading/pages";
import { at, type JsonObject } from "../../provider/value/json";
import { steps } from "../../provider/value/path";
import type { Adoptable, LeftOut, Unread } from "../inventory";
import { adoptable, calledIn } from "./adoptable";
import { atMost } from "./at-once";
import { kindOfId, titleOf } from "./kinds";
import { whyLeftOut, whyNone, whyNotAll } from "./left-out";
import { type Owner, ownerKinds, ownIdOf, type Scope, scopesOf } from "./scope";

/** What there is of a kind. */
export interface Found {
  /** All objects, in which others may be looked for. */
  readonly owners: readonly Owner[];
  readonly objects: readonly Adoptable[];
  readonly leftOut: readonly LeftOut[];
  readonly unread: readonly Unread[];
}

/** How far the lists of a kind are read. */
export interface Progress {
  readonly kind: string;
  /** The lists that are read, and all there are. */
  readonly done: number;
  readonly total: number;
  /** The objects so far. */
  readonly objects: number;
}

/** What a reader is given. */
export interface Given {
  readonly clientOf: (definition: Definition) => Client;
  readonly progress?: ((progress: Progress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Returns what reads kinds, each once, after those in whose objects it is looked for. */
export function createReader(given: Given): (definition: Definition) => Promise<Found> {
  const atOnce = atMost(mostAtOnce);
  const known = new Map<Definition, Promise<Found>>();
  const read = (definition: Definition): Promise<Found> => {
    const found = known.get(definition) ?? readKind(given, definition, { atOnce, read });
    known.set(definition, found);
    return found;
  };
  return read;
}

/** How many lists are read at once, so that no more calls are under way. */
const mostAtOnce = 8;

/** What a kind is read with: the others, and their share of the calls at once. */
interface Others {
  readonly atOnce: ReturnType<typeof atMost>;
  readonly read: (definition: Definition) => Promise<Found>;
}

async function readKind(given: Given, definition: Definition, { atOnce, read }: Others): Promise<Found> {
  const kind = titleOf(definition);
  const none = whyNone(definition);
  if (none !== undefined) return { owners: [], objects: [], leftOut: [{ kind, reason: none }], unread: [] };
  const client = given.clientOf(definition);
  const { signal } = given;
  const operation: Operation = { ...quiet(), client, memory: createMemory(), signal };
  const unread: Unread[] = [];
  const fail = (attempted: string, error: unknown, scope?: string): void => {
    signal?.throwIfAborted();
    const reason = client.explain(attempted, error).message;
    unread.push({ kind, ...(scope !== undefined && { scope }), reason });
  };
  const who = await identity(client).catch((error) => fail(`could not list ${kind}`, error));
  if (!who) return { owners: [], objects: [], leftOut: [], unread };
  const kinds = ownerKinds(definition);
  const founds = new Map(await Promise.all(kinds.map(async (each) => [each, await read(each)] as const)));
  for (const [each, found] of founds)
    if (found.unread.length > 0)
      unread.push({
        kind,
        reason: `Not all objects of the kind ${titleOf(each)} could be read, to which these belong.`,
      });
  const owners = async (each: Definition) => founds.get(each)?.owners ?? [];
  const scopes = await scopesOf(definition, { identity: who, owners });
  const parts = partsIn(definition, founds);
  const all = new Map<string, Judged>();
  let done = 0;
  const tell = () => given.progress?.({ kind, done, total: scopes.length, objects: all.size });
  tell();
  await Promise.all(
    scopes.map((scope) =>
      atOnce(async () => {
        const words = scope.words.length === 0 ? undefined : scope.words.join(", ");
        const attempted = `could not list ${kind}${words === undefined ? "" : ` of ${words}`}`;
        try {
          for await (const objects of objectsIn(definition, operation, who, scope)) {
            for (const object of objects)
              all.set(String(object.id), judged(definition, object, { identity: who, owner: parts(object) }));
            if (definition.list && isCutShort(definition.list, objects))
              fail(attempted, new Error("the API names no more than these"), words);
          }
        } catch (error) {
          // What the list was of is gone, and all that was in it.
          if (words === undefined || !isNotFound(error)) fail(attempted, error, words);
        }
        done += 1;
        tell();
      }),
    ),
  );
  return { ...foundIn(definition, [...all.values()]), unread };
}

const isNotFound = (error: unknown): boolean => error instanceof ConnectError && error.code === Code.NotFound;

/** Returns what finds the object that another one is a part of. */
function partsIn(
  definition: Definition,
  founds: ReadonlyMap<Definition, Found>,
): (object: JsonObject) => Owner | undefined {
  const { partOf } = definition;
  const name = partOf && steps(partOf).at(-1);
  const kind = name && kindOfId(definition, name);
  if (!partOf || !kind) return () => undefined;
  const owners = new Map(founds.get(kind)?.owners.map((owner) => [ownIdOf(owner, name), owner]));
  return (object) => owners.get(at(object, steps(partOf)) ?? "");
}

async function* objectsIn(
  definition: Definition,
  operation: Operation,
  who: Identity,
  { inputs }: Scope,
): AsyncGenerator<JsonObject[]> {
  if (definition.list) {
    const filter = { ...ownFilter(definition, undefined), ...inputs };
    for await (const { objects } of pagesOf(definition, operation, filter)) yield objects;
    return;
  }
  const id = addressOf(definition, inputs, who);
  const object = id === undefined ? undefined : await find(definition, operation, id);
  yield object ? [object] : [];
}

/** An object without what the API says of it beyond its inputs. */
interface Judged {
  readonly owner: Owner;
  readonly object?: Adoptable;
}

function judged(
  definition: Definition,
  object: JsonObject,
  context: { readonly identity: Identity; readonly owner: Owner | undefined },
): Judged {
  const unmanaged = whyLeftOut(definition, object, context);
  const owner = { definition, id: String(object.id), name: calledIn(object), unmanaged };
  return { owner, ...(unmanaged === undefined && { object: adoptable(definition, object) }) };
}

function foundIn(definition: Definition, all: readonly Judged[]): Omit<Found, "unread"> {
  const kind = titleOf(definition);
  const sorted = [...all].sort((a, b) => compare(a.owner.name, b.owner.name) || compare(a.owner.id, b.owner.id));
  const rest = whyNotAll(definition);
  return {
    owners: sorted.map(({ owner }) => owner),
    objects: sorted.flatMap(({ object }) => object ?? []),
    leftOut: [
      ...sorted.flatMap(({ owner: { id, name, unmanaged } }) =>
        unmanaged === undefined ? [] : [{ kind, id, name, reason: unmanaged }],
      ),
      ...(rest === undefined ? [] : [{ kind, reason: rest }]),
    ],
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
