import { createdAt, nameOf } from "../../model/remote-object";
import type { JsonObject } from "../../value/json";
import { type CreateAttempt, type Finder, wantsAnother } from "./create-attempt";
import { firstLook, hour, isOlder, laterLook, ours, ownNow, skew } from "./looks";
import { isSame } from "./occupant";
import { adoptIt, candidates, deleteFirst, makeAnother, Refusal } from "./refusal";

/** Finds an object that says nothing of its origin by its name and its age, which is never certain. */
export const byName: Finder = {
  async before(attempt) {
    if (wantsAnother(attempt)) return undefined;
    const namesakes = await namesakesIn(attempt, await firstLook(attempt));
    if (namesakes.some((object) => isAsCreated(attempt, object))) throw nameIsTaken(attempt, namesakes);
    if (namesakes.length > 0)
      attempt.operation.voice.warn(
        `the same user has created another ${attempt.definition.kind} of this name with other inputs within the last hour: ${candidates(namesakes)}. If it does not belong to another resource or stack, an interrupted run may have left it: delete it if you do not need it.`,
      );
    return undefined;
  },

  async lost(attempt) {
    const young = (await namesakesIn(attempt, await ownNow(attempt))).filter(
      (object) => (createdAt(object) ?? 0) >= attempt.began - skew,
    );
    if (young.length > 1) throw nameIsTaken(attempt, young);
    return young[0];
  },

  async unseen(attempt, made) {
    if (wantsAnother(attempt)) return undefined;
    const namesakes = (await namesakesIn(attempt, await laterLook(attempt, made))).filter(
      (object) => isOlder(object, made) && isAsCreated(attempt, object),
    );
    return namesakes.length > 0 ? nameIsTaken(attempt, namesakes) : undefined;
  },
};

async function namesakesIn(attempt: CreateAttempt, objects: readonly JsonObject[]): Promise<JsonObject[]> {
  const own = await ours(attempt.operation, objects, attempt.began - hour);
  return own.filter((object) => nameOf(object) === nameOf(attempt.inputs));
}

/** Whether an object is what the create request asks for; other calls may not have come to it yet. */
export function isAsCreated({ definition, inputs }: CreateAttempt, remote: JsonObject): boolean {
  const later = new Set<string>([...Object.keys(definition.extra ?? {}), ...(definition.updateOnly ?? [])]);
  return isSame(definition, Object.fromEntries(Object.entries(inputs).filter(([name]) => !later.has(name))), remote);
}

const nameIsTaken = ({ definition, inputs }: CreateAttempt, objects: readonly JsonObject[]): Refusal =>
  new Refusal(
    `the same user has already created a ${definition.kind} named ${JSON.stringify(nameOf(inputs))} within the last hour: ${candidates(objects)}`,
    [
      "If it belongs to another resource or stack, choose another name",
      "If this resource had another name in the program, give it that name as an alias",
      deleteFirst,
      adoptIt(definition, objects),
      makeAnother,
    ],
  );
