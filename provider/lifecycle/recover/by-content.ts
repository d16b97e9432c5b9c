import { isRetired } from "../../model/phase";
import type { JsonObject } from "../../value/json";
import { isAsCreated } from "./by-name";
import { type CreateAttempt, type Finder, wantsAnother } from "./create-attempt";
import { firstLook, isOlder, laterLook, notInFirstLook, ownNow } from "./looks";
import { adoptIt, candidates, deleteFirst, makeAnother, Refusal } from "./refusal";

/** Finds an object that says neither who made it nor when by all that it has, which is never certain before the create. */
export const byContent: Finder = {
  async before(attempt) {
    const looked = firstLook(attempt);
    // Whoever may not list can still say that another one is made anyway.
    if (wantsAnother(attempt)) return looked.then(nothing, nothing);
    const equals = equalsIn(attempt, await looked);
    if (equals.length > 0) throw taken(attempt, equals);
    return undefined;
  },

  async lost(attempt) {
    const made = await notInFirstLook(attempt, equalsIn(attempt, await ownNow(attempt)));
    if (made.length > 1) throw taken(attempt, made);
    return made[0];
  },

  async unseen(attempt, made) {
    if (wantsAnother(attempt)) return undefined;
    const equals = equalsIn(attempt, await laterLook(attempt, made)).filter((object) => isOlder(object, made));
    return equals.length > 0 ? taken(attempt, equals) : undefined;
  },
};

const nothing = (): undefined => undefined;

/** Objects that are what the create asks for, that the engine has not named, and that no deletion has put to rest. */
export const equalsIn = (attempt: CreateAttempt, objects: readonly JsonObject[]): JsonObject[] =>
  objects.filter(
    (object) =>
      !attempt.operation.memory.named.has(String(object.id)) &&
      !isRetired(attempt.definition, object) &&
      isAsCreated(attempt, object),
  );

const taken = ({ definition }: CreateAttempt, objects: readonly JsonObject[]): Refusal =>
  new Refusal(`there is a ${definition.kind} with the same inputs already: ${candidates(objects)}`, [
    "If it belongs to another resource or stack, state something that differs",
    "If this resource had another name in the program, give it that one as an alias",
    deleteFirst,
    adoptIt(definition, objects),
    makeAnother,
  ]);
