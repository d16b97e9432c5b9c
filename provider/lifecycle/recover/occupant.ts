import { changedUnits } from "../../mapping/diff";
import { inputsOf } from "../../mapping/live-inputs";
import type { Definition } from "../../model/definition";
import { isNamed, nameOf } from "../../model/remote-object";
import { allOf, filterOf } from "../../reading/pages";
import { at, equal, type JsonObject } from "../../value/json";
import { steps } from "../../value/path";
import type { CreateAttempt } from "./create-attempt";
import { day, ours } from "./looks";
import { adoptIt, deleteFirst, describe, Refusal } from "./refusal";

/**
 * Returns the object that has the key or the name that a create asks for, so that the server refuses a second one: if it
 * is ours and the same in all. Refuses to go on otherwise.
 */
export async function occupant(attempt: CreateAttempt): Promise<JsonObject | undefined> {
  const { definition, operation, inputs, began } = attempt;
  const { identity: way, kind } = definition;
  const key = way?.by === "key" ? definition.naturalKey?.at(-1) : undefined;
  const occupants = (await allOf(definition, operation, filterOf(definition, inputs))).filter((object) =>
    hasKeyOf(attempt, object),
  );
  const [first] = occupants;
  if (!first) return undefined;
  const [mine] = await ours(operation, [first], began - day);
  const isEqual = mine !== undefined && isSame(definition, inputs, mine);
  if (isEqual && way?.by === "key") return mine;
  const maker = mine
    ? `the same user with ${isEqual ? "these" : "other"} inputs`
    : "somebody else or for another resource";
  throw new Refusal(`${kind} ${describe(first)} already exists, created by ${maker}`, [
    `Choose another ${key === undefined ? "name" : steps(key).at(-1)}`,
    deleteFirst,
    adoptIt(definition, occupants, "If the resource should use this one"),
  ]);
}

/**
 * Whether an object has the key that the create asks for, or its name where the kind has no other key. Of a kind without
 * either only an equal object is certain to be in the way.
 */
function hasKeyOf({ definition, inputs }: CreateAttempt, object: JsonObject): boolean {
  const { naturalKey, within = [] } = definition;
  const shown = inputsOf(definition, object, inputs);
  const key = naturalKey?.filter((path) => !within.includes(path)) ?? [];
  if (key.length === 0)
    return isNamed(definition) ? nameOf(object) === nameOf(inputs) : isSame(definition, inputs, object);
  return key.map(steps).every((path) => equal(at(shown, path), at(inputs, path)));
}

/** Whether an object is what the inputs ask for; its phase is brought about in any case. */
export const isSame = (definition: Definition, inputs: JsonObject, remote: JsonObject): boolean =>
  changedUnits(definition, inputsOf(definition, remote, inputs), inputs).every(
    ({ name }) => name === definition.phase?.desired,
  );
