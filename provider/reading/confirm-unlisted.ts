import { orAbsent } from "../client/error/absence";
import type { Definition } from "../model/definition";
import type { Operation } from "../model/operation";
import { isGone } from "../model/phase";
import type { State } from "../model/state";
import type { JsonObject } from "../value/json";
import { lags } from "./confirm-gone";
import { allOf, filterOf, idsField, idsFilter } from "./pages";

/**
 * Whether a list can confirm that an object is gone which a read does not find, since its filter names the object or
 * what it lives in, or since another one would tell another secret. Elsewhere the loss of a role may look like a deletion.
 */
export const isConfirmedByList = (definition: Definition): boolean =>
  definition.get !== undefined &&
  definition.list !== undefined &&
  (definition.within !== undefined ||
    definition.identity?.by === "key" ||
    idsField(definition) !== undefined ||
    definition.once !== undefined);

/** Throws if a list still shows an object that a read does not find: nothing is gone then, and nothing is made again. */
export async function confirmUnlisted(
  definition: Definition,
  operation: Operation,
  id: string,
  { inputs }: State,
): Promise<void> {
  if (!isConfirmedByList(definition)) return;
  // A list may lag behind a deletion.
  for (const pause of [...lags, undefined]) {
    const listed = await orAbsent(allOf(definition, operation, filterFor(definition, id, inputs)));
    if (!listed?.some((object) => object.id === id && !isGone(definition, object, operation.clock.now()))) return;
    if (pause !== undefined) await operation.clock.sleep(pause, operation.signal);
  }
  const { kind, get, list } = definition;
  throw new Error(
    `${get?.name} does not find ${kind} ${id}, but ${list?.name} shows it: the token has lost a role. Ask an organization admin for the role, or remove the resource from the stack with pulumi state delete.`,
  );
}

const filterFor = (definition: Definition, id: string, inputs: JsonObject): JsonObject =>
  idsField(definition) === undefined ? filterOf(definition, inputs) : idsFilter(definition, [id]);
