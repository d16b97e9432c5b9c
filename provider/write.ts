import { tellingChoices } from "./choices";
import type { Definition } from "./definition";
import type { Unit } from "./facts";
import { at, type JsonObject } from "./json";
import { attempt, type Operation } from "./operation";
import { isGone } from "./phase";
import { objectIn } from "./remote";
import { type Transition, updateRequest } from "./update-request";
import { extraRequest } from "./write-requests";

/** What became of a write. */
export interface Written {
  /** How many calls it took. */
  readonly calls: number;
  /** The object as it is then, where the answer to the last call carries it. */
  readonly remote?: JsonObject;
}

/** Sends units with the update call, and those that have a call of their own with that. */
export async function write(
  definition: Definition,
  operation: Operation,
  id: string,
  units: readonly Unit[],
  transition: Transition,
): Promise<Written> {
  const { client, signal } = operation;
  let written: Written = { calls: 0 };
  const send = async (attempted: string, method: Definition["create"], request: JsonObject): Promise<void> => {
    const called = attempt(operation, attempted, client.call(method, request, { signal }));
    const answer = await tellingChoices(definition, operation, transition.news, called);
    const remote = objectIn(definition, method, answer);
    const isOurs = remote?.id === id && !isGone(definition, remote);
    written = { calls: written.calls + 1, ...(isOurs && { remote }) };
  };
  const request = updateRequest(definition, id, units, transition);
  if (request && definition.update) await send(`could not update ${definition.kind} ${id}`, definition.update, request);
  for (const { extra, path } of units) {
    const value = at(transition.news, path);
    if (extra?.on !== "write" || value === undefined) continue;
    const attempted = `could not set ${path.join(".")} of ${definition.kind} ${id}`;
    await send(attempted, extra.method, extraRequest(definition, extra, id, value));
  }
  return written;
}
