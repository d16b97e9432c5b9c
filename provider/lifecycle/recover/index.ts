import { Code, ConnectError } from "@connectrpc/connect";
import { mayHaveActed } from "../../client/error/connection-loss";
import { lags } from "../../reading/confirm-gone";
import type { JsonObject } from "../../value/json";
import type { Attempt, Finder } from "./attempt";
import { byKey, theHolder } from "./by-key";
import { byMark } from "./by-mark";
import { byName } from "./by-name";
import { byParent } from "./by-parent";
import { describe, type Refusal } from "./refusal";

/** How each kind is found, by what its definition says of its identity. */
const finders = { annotation: byMark, key: byKey, parent: byParent, name: byName };

const finderOf = ({ definition }: Attempt): Finder => finders[definition.identity?.by ?? "name"];

/**
 * Returns what an interrupted run has left of the same create, because a kill leaves no trace but on the server. Throws
 * a refusal where that may be so and nothing makes it certain.
 */
export const leftBefore = async (attempt: Attempt): Promise<JsonObject | undefined> =>
  finderOf(attempt).before?.(attempt);

/** Returns the object that a create has made although its answer was lost, or that stands in its way and is the same. */
export async function leftAfter(attempt: Attempt, error: unknown): Promise<JsonObject | undefined> {
  const isTaken = ConnectError.from(error).code === Code.AlreadyExists;
  if (!isTaken && !mayHaveActed(error)) return undefined;
  const { clock, signal } = attempt.operation;
  for (const pause of [0, ...lags]) {
    if (pause > 0) await clock.sleep(pause, signal);
    const found = await (isTaken ? theHolder(attempt) : finderOf(attempt).lost(attempt));
    if (found && isTaken)
      attempt.operation.voice.inform(
        `${attempt.definition.kind} ${describe(found)} was there already and is the same in all, as an interrupted run or a former name of the resource leaves it: it is taken over`,
      );
    if (found) return found;
  }
  return undefined;
}

/**
 * Returns what an interrupted run had left of the same create without being shown before the call, or why what was made
 * must not stay. A look that fails says nothing, since the object that was made is there.
 */
export const leftUnseen = async (attempt: Attempt, made: JsonObject): Promise<JsonObject | Refusal | undefined> =>
  (await finderOf(attempt)
    .unseen?.(attempt, made)
    .catch(() => undefined)) ?? undefined;
