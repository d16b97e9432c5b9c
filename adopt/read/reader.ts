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
import { allAt, isObject, type Json, type JsonObject } from "../../provider/value/json";
import { steps } from "../../provider/value/path";
import type { Adoptable } from "../inventory";
import { atMost } from "./at-once";
import { type Found, foundOf, type Judged, judge } from "./found";
import { titleOf } from "./kinds";
import { whyNone } from "./left-out";
import { type Owner, ownerKinds, type Scope, scopesOf, wholeKinds } from "./scope";
import { type Failure, unreadOf } from "./unread";

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

/** What reads the kinds of an account. */
export interface Reader {
  /** Reads a kind, once, after those in whose objects it is looked for. */
  read(definition: Definition): Promise<Found>;
  /** Whether an object, or what it belongs to, has turned out to be gone since it was read. */
  isGone(object: Adoptable): boolean;
}

/** Makes a reader. */
export function createReader(given: Given): Reader {
  const atOnce = atMost(mostAtOnce);
  const known = new Map<Definition, Promise<Found>>();
  const gone = new Set<Json>();
  const isGone = (id: Json): boolean => gone.has(id);
  const reader: Reader = {
    read(definition) {
      const found = known.get(definition) ?? readKind(given, definition, { atOnce, read: reader.read, forget });
      known.set(definition, found);
      return found;
    },
    isGone: ({ definition: { required = [] }, id, inputs }) =>
      isGone(id) ||
      required
        .flatMap((path) => allAt(inputs, steps(path)))
        .some((value) => (isObject(value) ? Object.values(value).some(isGone) : isGone(value))),
  };
  const forget = ({ id }: Owner): void => {
    gone.add(id);
  };
  return reader;
}

/** How many lists are read at once, so that no more calls are under way. */
const mostAtOnce = 8;

/** What a kind is read with: the others, and their share of the calls at once. */
interface Others {
  readonly atOnce: ReturnType<typeof atMost>;
  readonly read: Reader["read"];
  readonly forget: (owner: Owner) => void;
}

async function readKind(given: Given, definition: Definition, others: Others): Promise<Found> {
  const kind = titleOf(definition);
  const none = whyNone(definition);
  if (none !== undefined) return { ...foundOf(definition, [], []), leftOut: [{ kind, reason: none }] };
  const client = given.clientOf(definition);
  const { signal } = given;
  const failed = (failures: readonly Failure[], lists: number) => unreadOf(definition, client, failures, lists);
  const who = await others.atOnce(() => identity(client)).catch((error: unknown) => ({ error }));
  if ("error" in who) return foundOf(definition, [], failed([{ words: [], error: who.error }], 1));
  const [needed, wholes] = [ownerKinds(definition), wholeKinds(definition)];
  const founds = new Map<Definition, Found>();
  await Promise.all([...needed, ...wholes].map(async (each) => founds.set(each, await others.read(each))));
  const owners = (each: Definition): readonly Owner[] => founds.get(each)?.owners ?? [];
  const scopes = scopesOf(definition, { who, owners });
  const judged = judge(definition, who, owners);
  const operation: Operation = { ...quiet(), client, memory: createMemory(), signal };
  const all = new Map<string, Judged>();
  const failures: Failure[] = [];
  let done = 0;
  const tell = () => given.progress?.({ kind, done, total: scopes.length, objects: all.size });
  const readScope = async (scope: Scope): Promise<void> => {
    try {
      for await (const objects of objectsIn(definition, operation, who, scope))
        for (const object of objects) all.set(String(object.id), judged(object));
    } catch (error) {
      signal?.throwIfAborted();
      // What the list was of may be gone since, and all that was in it.
      const absent = isNotFound(error) ? await absentOf(given, operation, scope) : [];
      absent.forEach(others.forget);
      if (absent.length === 0) failures.push({ words: scope.words, error });
    }
    done += 1;
    tell();
  };
  tell();
  await Promise.all(scopes.map((scope) => others.atOnce(() => readScope(scope))));
  const halves = needed.filter((each) => (founds.get(each)?.unread.length ?? 0) > 0);
  return foundOf(definition, all.values(), [
    ...failed(failures, scopes.length),
    ...halves.map((each) => ({
      kind,
      reason: `Those of what could not be read of the kind ${titleOf(each)} may be missing.`,
    })),
  ]);
}

const isNotFound = (error: unknown): boolean => error instanceof ConnectError && error.code === Code.NotFound;

/** Returns what of a scope is not there any more. */
async function absentOf({ clientOf }: Given, operation: Operation, { owners }: Scope): Promise<Owner[]> {
  const found = await Promise.all(
    owners.map((owner) =>
      find(owner.definition, { ...operation, client: clientOf(owner.definition) }, owner.id).catch(() => ({})),
    ),
  );
  return owners.filter((_, i) => found[i] === undefined);
}

async function* objectsIn(
  definition: Definition,
  operation: Operation,
  who: Identity,
  { inputs }: Scope,
): AsyncGenerator<JsonObject[]> {
  const { list, findAll } = definition;
  if (findAll) {
    const { objects, isWhole } = await findAll(operation);
    yield [...objects];
    if (!isWhole) throw cutShort();
    return;
  }
  if (!list) {
    const id = addressOf(definition, inputs, who);
    const object = id === undefined ? undefined : await find(definition, operation, id);
    yield object ? [object] : [];
    return;
  }
  for await (const { objects } of pagesOf(definition, operation, { ...ownFilter(definition, undefined), ...inputs })) {
    yield objects;
    if (isCutShort(list, objects)) throw cutShort();
  }
}

const cutShort = (): Error => new Error("the API names no more than these, and there may be others");
