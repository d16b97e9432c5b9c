import { Code, ConnectError } from "@connectrpc/connect";
import { mayHaveActed } from "../../client/error/connection-loss";
import type { Definition } from "../../model/definition";
import { isNamed, saysWhenMade } from "../../model/remote-object";
import { isTellable } from "../../model/told-once";
import { lags } from "../../reading/confirm-gone";
import type { JsonObject } from "../../value/json";
import { byAddress } from "./by-address";
import { byContent } from "./by-content";
import { byMark } from "./by-mark";
import { byName } from "./by-name";
import { byParent } from "./by-parent";
import type { CreateAttempt, Finder } from "./create-attempt";
import { occupant } from "./occupant";
import { describe, type Refusal } from "./refusal";
import { untellable } from "./untellable";

// A create that was lost is recovered at three moments: before the call, what a killed run has left; after a call whose
// answer was lost, what that call has made; after an answer, what a list that lagged behind had not shown before. A kind
// that composes its calls has a way of its own, such as `claim` of the automations file.

/** How a lost create is recovered, by what the definition of the kind says of its identity. */
const finders = {
  annotation: byMark,
  // Whatever was made before with the same key is in the way of the create.
  key: { lost: occupant },
  parent: byParent,
  address: byAddress,
  name: byName,
  content: byContent,
  untellable,
  // Another call makes another secret, whatever there is at the address.
  none: { lost: async () => undefined },
};

/** Whether a create may be made again when its answer is lost: the object is there, and the call only makes a secret for it. */
export const isRepeatable = (definition: Definition): boolean => !isTellable(definition) && isWholeAddress(definition);

const isWholeAddress = ({ address }: Definition): boolean => address !== undefined && !address.includes("id");

function finderOf({ definition }: CreateAttempt): Finder {
  const { identity } = definition;
  const isWhole = isWholeAddress(definition);
  if (!isTellable(definition)) return isWhole ? finders.none : finders.untellable;
  const isTold = isNamed(definition) && saysWhenMade(definition);
  return finders[identity?.by ?? (isWhole ? "address" : isTold ? "name" : "content")];
}

/**
 * Recovers a lost create before its call: returns the object that an interrupted run has created for the same resource. A
 * killed run leaves no trace but that object on the server. Throws a refusal if an object may be the one, but no match is
 * certain.
 */
export const leftBefore = async (attempt: CreateAttempt): Promise<JsonObject | undefined> =>
  finderOf(attempt).before?.(attempt);

/** Recovers a create whose answer was lost: returns the object that the call has created, or an equal one with its key. */
export async function leftAfter(attempt: CreateAttempt, error: unknown): Promise<JsonObject | undefined> {
  const isTaken = ConnectError.from(error).code === Code.AlreadyExists;
  if (!isTaken && !mayHaveActed(error)) return undefined;
  const { clock, signal } = attempt.operation;
  for (const pause of [0, ...lags]) {
    if (pause > 0) await clock.sleep(pause, signal);
    const found = await (isTaken && !attempt.definition.address ? occupant(attempt) : finderOf(attempt).lost(attempt));
    if (found && isTaken)
      attempt.operation.voice.inform(
        `${attempt.definition.kind} ${describe(found)} already exists and has all these inputs, so the resource takes it over. An interrupted run may have left it, or this resource under an earlier name.`,
      );
    if (found) return found;
  }
  return undefined;
}

/**
 * Looks again after the call, since the look before it may have missed what an interrupted run created: returns that
 * object, or why the new object must not stay. If this look fails, the new object stays.
 */
export const leftUnseen = async (attempt: CreateAttempt, made: JsonObject): Promise<JsonObject | Refusal | undefined> =>
  (await finderOf(attempt)
    .unseen?.(attempt, made)
    .catch(() => undefined)) ?? undefined;
