import { hasEnded, hasFailed, saysAll } from "../../model/phase";
import { createdAt, endedAt } from "../../model/remote-object";
import { lags } from "../../reading/confirm-gone";
import { allOf, filterBy } from "../../reading/pages";
import { at, type JsonObject } from "../../value/json";
import { steps } from "../../value/path";
import { isAsCreated } from "./by-name";
import { type CreateAttempt, type Finder, wantsAnother } from "./create-attempt";
import { afterOthers, day, hour, ours, skew } from "./looks";
import { adoptIt, candidates, deleteFirst, Refusal } from "./refusal";

/** Finds an object as the only young one of its parent. */
export const byParent: Finder = {
  /** What is begun twice may do harm that nothing takes back, so that the looks come before the call. */
  async before(attempt) {
    const { clock, memory, signal } = attempt.operation;
    if (parentsOf(attempt).every((id) => memory.made.has(id))) return undefined;
    for (const pause of [0, ...lags]) {
      if (pause > 0) await clock.sleep(pause, signal);
      if (!(await isLeft(attempt))) continue;
      // Until then the engine has named what else the stack has, as far as it comes by it.
      await clock.sleep(patience, signal);
      return theUnended(attempt, await siblingsOf(attempt));
    }
    return undefined;
  },

  async lost(attempt) {
    return theOnly(attempt, await ours(attempt.operation, await siblingsOf(attempt), attempt.began - skew));
  },
};

/** Milliseconds between a look that finds something and the one that counts. */
const patience = 5000;

/** Whether there is anything that this create may have begun before. */
const isLeft = async (attempt: CreateAttempt): Promise<boolean> =>
  theUnended(attempt, await siblingsOf(attempt)).then(
    (found) => found !== undefined,
    (error) => {
      if (!(error instanceof Refusal)) throw error;
      return true;
    },
  );

const parentsOf = (attempt: CreateAttempt): string[] =>
  Object.values(identityOf(attempt).filter).map((path) => String(at(attempt.inputs, steps(path))));

async function siblingsOf(attempt: CreateAttempt): Promise<JsonObject[]> {
  const { definition, operation, inputs } = attempt;
  const { filter, begun = {} } = identityOf(attempt);
  const all = await allOf(definition, operation, filterBy(filter, inputs));
  await afterOthers(operation);
  return all.filter((object) => saysAll(definition, object, begun) && isAsCreated(attempt, object));
}

function identityOf({ definition: { identity, kind } }: CreateAttempt) {
  if (identity?.by !== "parent") throw new Error(`${kind} is not known by its parent`);
  return identity;
}

/**
 * Returns the only object of its parent that has not ended. One that has ended well within an hour may be what an
 * interrupted run was about, unless an object that the engine knows is younger: nothing tells, and a second one may do
 * harm.
 */
async function theUnended(attempt: CreateAttempt, siblings: JsonObject[]): Promise<JsonObject | undefined> {
  const { definition, operation, began } = attempt;
  const own = await ours(operation, siblings, began - day);
  const open = own.filter((object) => !hasEnded(definition, object));
  if (open.length > 1 && wantsAnother(attempt)) return undefined;
  if (open.length > 0) return theOnly(attempt, open);
  const known = siblings
    .filter(({ id }) => operation.memory.named.has(String(id)))
    .map((object) => createdAt(object) ?? 0);
  const done = own.filter(
    (object) =>
      !hasFailed(definition, object) &&
      (createdAt(object) ?? 0) > Math.max(0, ...known) &&
      (endedAt(definition, object) ?? 0) > began - hour,
  );
  if (done.length === 0 || wantsAnother(attempt)) return undefined;
  const { parent, elsewhere } = identityOf(attempt);
  throw new Refusal(`one has succeeded within the last hour: ${candidates(done)}`, [
    "It may belong to another resource or stack, or to this resource before the program dropped it",
    `If this resource or its ${parent} had another name in the program, give it that name as an alias`,
    adoptIt(definition, done, "If it counts for this resource, or an interrupted run has started it"),
    deleteFirst,
    `To run it again anyway, set adopt: ""${elsewhere === undefined ? "" : `; ${elsewhere}`}`,
  ]);
}

function theOnly({ definition: { kind } }: CreateAttempt, objects: JsonObject[]): JsonObject | undefined {
  if (objects.length < 2) return objects[0];
  throw new Refusal(`this ${kind} may exist already, but no match is certain: ${candidates(objects)}`, [
    "Take one over with the input adopt, or delete it, then run pulumi up again",
  ]);
}
