import type { Definition } from "../../model/definition";
import { createdAt } from "../../model/remote-object";
import type { JsonObject } from "../../value/json";
import { byContent, equalsIn } from "./by-content";
import { type CreateAttempt, type Finder, wantsAnother } from "./create-attempt";
import { day, firstLook, isOlder, laterLook, notInFirstLook } from "./looks";
import { candidates } from "./refusal";

/**
 * Finds an object whose secret nobody can have any more: before the create it is named, for somebody to revoke it, and
 * another one is made; after a lost answer it is deleted.
 */
export const untellable: Finder = {
  async before(attempt) {
    nameAll(attempt, await firstLook(attempt));
    return undefined;
  },

  lost: byContent.lost,

  async unseen(attempt, made) {
    const later = await notInFirstLook(attempt, await laterLook(attempt, made));
    nameAll(
      attempt,
      later.filter((object) => isOlder(object, made)),
    );
    return undefined;
  },
};

function nameAll(attempt: CreateAttempt, objects: readonly JsonObject[]): void {
  const { definition, operation, began } = attempt;
  const young = equalsIn(attempt, objects).filter((object) => (createdAt(object) ?? began) > began - day);
  if (young.length > 0 && !wantsAnother(attempt)) operation.voice.warn(withoutSecret(definition, young));
}

/** Says that objects may be there without anybody who has their secret, and how they go. */
export const withoutSecret = ({ kind }: Definition, objects: readonly JsonObject[]): string =>
  `an interrupted run may have left a ${kind} whose secret nobody has: ${candidates(objects)}. If it belongs to no other resource or stack, revoke it: state it as a resource of its own with the required inputs and adopt: "${objects[0]?.id}", run pulumi up, and take that resource out again.`;
