import { Code, ConnectError } from "@connectrpc/connect";
import { mayHaveActed } from "./client/connection-loss";
import { identity } from "./client/identity";
import type { Definition } from "./definition";
import { changedUnits } from "./diff";
import { at, type JsonObject } from "./json";
import { allOf, createdAt, creatorOf, nameOf, ownFilter, scopeFilter } from "./listing";
import { type Mark, markOn } from "./mark";
import { named } from "./named";
import { inputsOf } from "./observe";
import type { Operation } from "./operation";
import { steps } from "./path";
import { hasEnded, hasFailed } from "./phase";

/** A create that is about to be made, or was. */
export interface Attempt {
  readonly inputs: JsonObject;
  readonly mark: Mark | undefined;
  /** Milliseconds since the epoch, by the clock of this machine. */
  readonly began: number;
}

/** Thrown instead of making a second object, or taking over somebody else's. */
export class Refusal extends Error {}

/**
 * Returns what an interrupted run has left of the same create, because a kill leaves no trace but on the server. Where
 * an object says nothing about its origin, similar ones are told of in a warning.
 */
export async function leftBefore(
  definition: Definition,
  operation: Operation,
  attempt: Attempt,
): Promise<JsonObject | undefined> {
  const { identity: way } = definition;
  if (way?.by === "key") return undefined;
  // Stated as empty it says that nothing is taken over that is not certain.
  const isBold = attempt.inputs.adopt === "";
  if (way?.by === "annotation") {
    if (!attempt.mark) return undefined;
    const own = await ours(operation, await shared(definition, operation, {}), attempt);
    return theMarked(definition, attempt.mark, own, isBold);
  }
  if (way?.by === "parent") {
    const siblings = await allOf(definition, operation, filterOf(way.filter, attempt));
    return theUnended(definition, siblings, await ours(operation, siblings, attempt), attempt);
  }
  if (isBold) return undefined;
  const similar = await ours(
    operation,
    await shared(definition, operation, scopeFilter(definition, attempt.inputs)),
    attempt,
  );
  const namesakes = similar.filter((object) => nameOf(object) === nameOf(attempt.inputs));
  if (namesakes.some((object) => isAsCreated(definition, attempt.inputs, object)))
    throw new Refusal(
      `there are young objects of this name, which an interrupted run may have left: ${candidates(namesakes)}. Take one over with the input adopt, or delete it; to make another one all the same, set adopt: "".`,
    );
  if (namesakes.length > 0)
    operation.voice.warn(
      `there are young objects of this name with other inputs, which an interrupted run may have left: ${candidates(namesakes)}. Delete what is not needed.`,
    );
  return undefined;
}

/** Returns the object that a create has made although its answer was lost, or that stands in its way and is the same. */
export async function leftAfter(
  definition: Definition,
  operation: Operation,
  attempt: Attempt,
  error: unknown,
): Promise<JsonObject | undefined> {
  const isTaken = ConnectError.from(error).code === Code.AlreadyExists;
  if (!isTaken && !mayHaveActed(error)) return undefined;
  for (const pause of [0, ...lags]) {
    if (pause > 0) await operation.clock.sleep(pause, operation.signal);
    const found = isTaken
      ? await theHolder(definition, operation, attempt)
      : await theMade(definition, operation, attempt);
    if (found) return found;
  }
  return undefined;
}

/** Milliseconds between looks, since a read may lag behind a write. */
export const lags: readonly number[] = [100, 200, 400];

async function theMade(
  definition: Definition,
  operation: Operation,
  attempt: Attempt,
): Promise<JsonObject | undefined> {
  const { identity: way } = definition;
  if (way?.by === "key") return theHolder(definition, operation, attempt);
  const filter =
    way?.by === "parent"
      ? filterOf(way.filter, attempt)
      : await ownFilterOf(definition, operation, scopeFilter(definition, attempt.inputs));
  const own = await ours(operation, await allOf(definition, operation, filter), attempt);
  if (way?.by === "annotation" && attempt.mark) return theMarked(definition, attempt.mark, own);
  const young = own.filter((object) => (createdAt(object) ?? 0) >= attempt.began - skew);
  return theOnly(
    definition,
    way?.by === "parent" ? young : young.filter((object) => nameOf(object) === nameOf(attempt.inputs)),
  );
}

/** Returns the object with the same natural key if it is ours and the same in all, and refuses otherwise. */
async function theHolder(
  definition: Definition,
  operation: Operation,
  attempt: Attempt,
): Promise<JsonObject | undefined> {
  const { identity: way, kind } = definition;
  const filter = way?.by === "key" ? filterOf(way.filter, attempt) : scopeFilter(definition, attempt.inputs);
  const key = way?.by === "key" ? definition.naturalKey?.at(-1) : undefined;
  const holders = (await allOf(definition, operation, filter)).filter(
    (object) => way?.by === "key" || nameOf(object) === nameOf(attempt.inputs),
  );
  const [holder] = holders;
  if (!holder) return undefined;
  const [mine] = await ours(operation, [holder], attempt);
  if (mine && way?.by === "key" && isSame(definition, attempt.inputs, mine)) return mine;
  throw new Refusal(
    `${kind} ${describe(holder)} is there already, made by ${mine ? "the same user with other inputs" : "somebody else or another resource"}. Take it over with the input adopt: "${holder.id}", or choose another ${key === undefined ? "name" : steps(key).at(-1)}.`,
  );
}

/** Whether an object is what the inputs ask for; its phase is brought about in any case. */
const isSame = (definition: Definition, inputs: JsonObject, remote: JsonObject): boolean =>
  changedUnits(definition, inputsOf(definition, remote, inputs), inputs).every(
    ({ name }) => name === definition.phase?.desired,
  );

/** Whether an object is what the create request asks for; other calls may not have come to it yet. */
function isAsCreated(definition: Definition, inputs: JsonObject, remote: JsonObject): boolean {
  const later = new Set<string>([...Object.keys(definition.extra ?? {}), ...(definition.updateOnly ?? [])]);
  return isSame(definition, Object.fromEntries(Object.entries(inputs).filter(([name]) => !later.has(name))), remote);
}

/** Keeps objects that the token's user has made within a day, and that the engine has not named. */
export async function ours(
  operation: Operation,
  objects: readonly JsonObject[],
  { began }: Pick<Attempt, "began">,
): Promise<JsonObject[]> {
  const { subjectId } = await identity(operation.client);
  return objects.filter((object) => {
    const creator = creatorOf(object);
    const created = createdAt(object);
    const isYoung = created !== undefined && created > began - day;
    return isYoung && (creator === undefined || creator === subjectId) && !named.has(String(object.id));
  });
}

function theMarked(definition: Definition, mark: Mark, objects: JsonObject[], isBold = false): JsonObject | undefined {
  const same = objects.filter((object) => markOn(definition, object)?.urn === mark.urn);
  const other = same.filter((object) => markOn(definition, object)?.hash !== mark.hash);
  if (other.length === 0 && same.length < 2) return same[0];
  if (isBold) return undefined;
  throw ambiguous(definition, same);
}

/**
 * Returns the only object of its parent that has not ended. One that has ended well may be what an interrupted run was
 * about, unless an object that the engine knows is younger: nothing tells, and a second one may do harm.
 */
function theUnended(
  definition: Definition,
  siblings: JsonObject[],
  own: JsonObject[],
  { inputs }: Attempt,
): JsonObject | undefined {
  const isBold = inputs.adopt === "";
  const open = own.filter((object) => !hasEnded(definition, object));
  if (open.length > 0) return isBold && open.length > 1 ? undefined : theOnly(definition, open);
  const known = siblings.filter(({ id }) => named.has(String(id))).map((object) => createdAt(object) ?? 0);
  const done = own.filter(
    (object) => !hasFailed(definition, object) && (createdAt(object) ?? 0) > Math.max(0, ...known),
  );
  if (done.length === 0 || isBold) return undefined;
  throw new Refusal(
    `there is what an interrupted run may have brought to its end: ${candidates(done)}. Take it over with the input adopt; to make another one all the same, set adopt: "".`,
  );
}

function theOnly(definition: Definition, objects: JsonObject[]): JsonObject | undefined {
  if (objects.length > 1) throw ambiguous(definition, objects);
  return objects[0];
}

const ambiguous = ({ kind }: Definition, objects: JsonObject[]): Refusal =>
  new Refusal(
    `an interrupted run has left what may be this ${kind}, but not certainly: ${candidates(objects)}. Take one over with the input adopt, or delete it, then run pulumi up again.`,
  );

const candidates = (objects: readonly JsonObject[]): string => objects.slice(0, 10).map(describe).join(", ");

export function describe(object: JsonObject): string {
  const created = createdAt(object);
  const facts = [nameOf(object), created && `created ${new Date(created).toISOString()}`].filter(Boolean);
  return facts.length === 0 ? String(object.id) : `${object.id} (${facts.join(", ")})`;
}

/** One listing of a kind and scope serves all creates of the process. */
async function shared(definition: Definition, operation: Operation, scope: JsonObject): Promise<JsonObject[]> {
  const { client } = operation;
  const known = listings.get(client) ?? new Map<string, Promise<JsonObject[]>>();
  listings.set(client, known);
  const key = `${definition.kind} ${JSON.stringify(scope)}`;
  const listing =
    known.get(key) ?? ownFilterOf(definition, operation, scope).then((filter) => allOf(definition, { client }, filter));
  known.set(key, listing);
  listing.catch(() => known.delete(key));
  return listing;
}

const listings = new WeakMap<Operation["client"], Map<string, Promise<JsonObject[]>>>();

const ownFilterOf = async (definition: Definition, { client }: Operation, scope: JsonObject): Promise<JsonObject> => ({
  ...ownFilter(definition, (await identity(client)).subjectId),
  ...scope,
});

const filterOf = (fields: { readonly [field: string]: string }, { inputs }: Attempt): JsonObject =>
  Object.fromEntries(Object.entries(fields).map(([name, path]) => [name, [at(inputs, steps(path)) ?? ""]]));

/** Milliseconds; the clocks of server and machine may differ. */
const skew = 60_000;
const day = 86_400_000;
