import type { Definition } from "./definition";
import type { Unit } from "./facts";
import { at } from "./json";
import { attempt, type Operation } from "./operation";
import { type Transition, updateRequest } from "./update-request";
import { extraRequest } from "./write-requests";

/** Sends units with the update call, and those that have a call of their own with that. */
export async function write(
  definition: Definition,
  operation: Operation,
  id: string,
  units: readonly Unit[],
  transition: Transition,
): Promise<void> {
  const { client, signal } = operation;
  const request = updateRequest(definition, id, units, transition);
  if (request && definition.update)
    await attempt(
      operation,
      `could not update ${definition.kind} ${id}`,
      client.call(definition.update, request, { signal }),
    );
  for (const { extra, path } of units) {
    const value = at(transition.news, path);
    if (extra?.on !== "write" || value === undefined) continue;
    const call = client.call(extra.method, extraRequest(definition, extra, id, value), { signal });
    await attempt(operation, `could not set ${path.join(".")} of ${definition.kind} ${id}`, call);
  }
}
