import { isAcknowledged, type Mark, markOn } from "../../mapping/origin";
import { timeoutsOf } from "../../model/definition";
import { createdAt } from "../../model/remote-object";
import type { JsonObject } from "../../value/json";
import { byName } from "./by-name";
import { type CreateAttempt, type Finder, wantsAnother } from "./create-attempt";
import { firstLook, hour, isOlder, laterLook, ours, ownNow } from "./looks";
import { adoptIt, candidates, makeAnother, Refusal } from "./refusal";

/** Finds an object by the mark that its create has left on it. */
export const byMark: Finder = {
  async before(attempt) {
    if (!attempt.mark) return undefined;
    const { used, certain, doubtful } = sorted(attempt, attempt.mark, await own(attempt, await firstLook(attempt)));
    if (certain.length === 1 && doubtful.length === 0) return certain[0];
    if (certain.length + doubtful.length > 0 && !wantsAnother(attempt))
      throw unclear(attempt, [...certain, ...doubtful]);
    if (used.length > 0)
      attempt.operation.voice.inform(
        `this run creates another ${attempt.definition.kind}: ${candidates(used)} was created for a resource of this name, but somebody uses it`,
      );
    return undefined;
  },

  async lost(attempt) {
    if (!attempt.mark) return byName.lost(attempt);
    const { certain, doubtful } = sorted(attempt, attempt.mark, await own(attempt, await ownNow(attempt)));
    if (certain.length > 1 || (certain.length === 0 && doubtful.length > 0))
      throw unclear(attempt, [...certain, ...doubtful]);
    return certain[0];
  },

  async unseen(attempt, made) {
    if (!attempt.mark || wantsAnother(attempt)) return undefined;
    const before = (await own(attempt, await laterLook(attempt, made))).filter((object) => isOlder(object, made));
    const { certain } = sorted(attempt, attempt.mark, before);
    return certain.length > 1 ? unclear(attempt, certain) : certain[0];
  },
};

const own = (attempt: CreateAttempt, objects: readonly JsonObject[]): Promise<JsonObject[]> =>
  ours(attempt.operation, objects, Number.NEGATIVE_INFINITY);

interface Sorted {
  /** Those whose create was answered, or that somebody works in. */
  readonly used: JsonObject[];
  /** Those that only an interrupted run of the same state can have left of the same create. */
  readonly certain: JsonObject[];
  /** Those that another state may have made, or the same one with other inputs, or long ago. */
  readonly doubtful: JsonObject[];
}

/** Sorts the objects that were made for the same resource by what they say of themselves. */
function sorted({ definition, operation, began }: CreateAttempt, mark: Mark, objects: readonly JsonObject[]): Sorted {
  const patience = (operation.timeout ?? timeoutsOf(definition).create) * 1000 + hour;
  const same = objects.filter((object) => markOn(definition, object)?.urn === mark.urn);
  const open = same.filter((object) => !isAcknowledged(definition, object));
  const isCertain = (object: JsonObject): boolean => {
    const { hash, state } = markOn(definition, object) ?? {};
    return hash === mark.hash && state === mark.state && (createdAt(object) ?? 0) > began - patience;
  };
  return {
    used: same.filter((object) => isAcknowledged(definition, object)),
    certain: open.filter(isCertain),
    doubtful: open.filter((object) => !isCertain(object)),
  };
}

const unclear = ({ definition }: CreateAttempt, objects: readonly JsonObject[]): Refusal =>
  new Refusal(`this ${definition.kind} may exist already, but no match is certain: ${candidates(objects)}`, [
    "It was created for a resource of this name, and nothing shows that anybody uses it",
    "If it belongs to another copy of this stack, name the stack or the resource differently",
    adoptIt(definition, objects, "If an interrupted run of this stack has left it"),
    makeAnother,
  ]);
