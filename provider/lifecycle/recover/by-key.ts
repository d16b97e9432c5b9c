import { changedUnits } from "../../mapping/diff";
import { inputsOf } from "../../mapping/live-inputs";
import type { Definition } from "../../model/definition";
import { nameOf } from "../../model/remote-object";
import { allOf, scopeFilter } from "../../reading/pages";
import type { JsonObject } from "../../value/json";
import { steps } from "../../value/path";
import { type Attempt, type Finder, filterBy } from "./attempt";
import { day, ours } from "./looks";
import { adoptIt, deleteFirst, describe, Refusal } from "./refusal";

/** Finds an object by the key that no two objects share: whatever was made before is in the way of the create. */
export const byKey: Finder = { lost: theHolder };

/** Returns the object that is in the way if it is ours and the same in all, and refuses otherwise. */
export async function theHolder(attempt: Attempt): Promise<JsonObject | undefined> {
  const { definition, operation, inputs, began } = attempt;
  const { identity: way, kind } = definition;
  const filter = way?.by === "key" ? filterBy(way.filter, attempt) : scopeFilter(definition, inputs);
  const key = way?.by === "key" ? definition.naturalKey?.at(-1) : undefined;
  const holders = (await allOf(definition, operation, filter)).filter(
    (object) => way?.by === "key" || nameOf(object) === nameOf(inputs),
  );
  const [holder] = holders;
  if (!holder) return undefined;
  const [mine] = await ours(operation, [holder], began - day);
  if (mine && way?.by === "key" && isSame(definition, inputs, mine)) return mine;
  throw new Refusal(
    `${kind} ${describe(holder)} already exists, created by ${mine ? "the same user with other inputs" : "somebody else or for another resource"}`,
    [
      `Choose another ${key === undefined ? "name" : steps(key).at(-1)}`,
      deleteFirst,
      adoptIt(holders, "If the resource should use this one"),
    ],
  );
}

/** Whether an object is what the inputs ask for; its phase is brought about in any case. */
export const isSame = (definition: Definition, inputs: JsonObject, remote: JsonObject): boolean =>
  changedUnits(definition, inputsOf(definition, remote, inputs), inputs).every(
    ({ name }) => name === definition.phase?.desired,
  );
