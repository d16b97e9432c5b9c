import { identity } from "../../client/identity";
import { addressOf } from "../../model/address";
import { findTogether } from "../../reading/batch";
import type { JsonObject } from "../../value/json";
import { type CreateAttempt, type Finder, wantsAnother } from "./create-attempt";
import { isSame } from "./occupant";
import { adoptIt, describe, Refusal } from "./refusal";

/**
 * Finds an object under its address. It does not say who made it, so that an equal one is taken over: it is what the
 * create would make.
 */
export const byAddress: Finder = {
  async before(attempt) {
    const found = await atAddress(attempt);
    if (!found) return undefined;
    const { definition, inputs, operation } = attempt;
    const isEqual = isSame(definition, inputs, found);
    if (isEqual && !wantsAnother(attempt)) {
      operation.voice.inform(
        `${definition.kind} ${describe(found)} is there already and has all these inputs, so the resource takes it over. An interrupted run may have left it, or somebody else has made it.`,
      );
      return found;
    }
    const what = isEqual ? "is the same in all" : "has other inputs";
    throw new Refusal(`${definition.kind} ${describe(found)} is there already and ${what}`, [
      "There can be only one: delete it, or leave it to whoever has declared it",
      adoptIt(definition, [found], "If it shall be this one"),
    ]);
  },

  lost: atAddress,
};

async function atAddress({ definition, operation, inputs }: CreateAttempt): Promise<JsonObject | undefined> {
  const id = addressOf(definition, inputs, await identity(operation.client));
  return id === undefined ? undefined : findTogether(definition, operation, id, { inputs });
}
