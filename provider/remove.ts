import { orAbsent } from "./client/absence";
import type { Definition } from "./definition";
import { idField } from "./facts";
import { createJourney } from "./journey";
import type { JsonObject } from "./json";
import { attempt, deadlineOf, type Operation } from "./operation";
import { phaseOf } from "./phase";
import { find } from "./remote";
import { lingeringReport } from "./report";
import { listening } from "./settle";
import type { State } from "./state";
import { until } from "./wait";

/** Deletes an object and returns when it is gone; one that is gone already is deleted. */
export async function remove(
  definition: Definition,
  operation: Operation,
  id: string,
  { inputs, outputs }: State,
): Promise<void> {
  const { client, clock, voice, signal } = operation;
  const deadline = deadlineOf(definition, operation, "delete");
  const look = () =>
    attempt(operation, `could not read ${definition.kind} ${id}`, find(definition, operation, id, inputs));
  const isOver = (remote: JsonObject | undefined): boolean => !remote || hasEnded(definition, remote);
  if (definition.phase?.ended && isOver(await look())) return;
  const call = orAbsent(
    client.call(definition.delete, deleteRequest(definition, id, inputs), { signal, repeatable: true }),
  );
  await attempt(operation, `could not delete ${definition.kind} ${id}`, call);
  const journey = createJourney(definition, clock, voice);
  await until({
    look,
    isReached: (remote) => {
      if (isOver(remote)) return true;
      journey.pass(remote);
      return false;
    },
    listen: listening(definition, operation, id, outputs),
    tick: journey.tick,
    late: () => lingeringReport(definition, { id }, journey),
    deadline,
    clock,
    signal,
  });
}

function deleteRequest(definition: Definition, id: string, inputs: JsonObject): JsonObject {
  const request: JsonObject = { [idField(definition, definition.delete)]: id };
  for (const [name, extra] of Object.entries(definition.extra ?? {}))
    if (extra.on === "delete" && inputs[name] !== undefined) request[extra.field] = inputs[name];
  return request;
}

const hasEnded = (definition: Definition, remote: JsonObject): boolean =>
  (definition.phase?.ended ?? []).includes(phaseOf(definition, remote) ?? "");
