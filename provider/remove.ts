import { orAbsent } from "./client/absence";
import type { Definition } from "./definition";
import { idField } from "./facts";
import type { JsonObject } from "./json";
import { attempt, deadlineOf, type Operation } from "./operation";
import { phaseOf } from "./phase";
import { find } from "./remote";
import { SettleError } from "./settle";
import { until } from "./wait";

/** Deletes an object and returns when it is gone; one that is gone already is deleted. */
export async function remove(
  definition: Definition,
  operation: Operation,
  id: string,
  inputs: JsonObject,
): Promise<void> {
  const { client, clock, signal } = operation;
  const deadline = deadlineOf(definition, operation, "delete");
  const look = () =>
    attempt(operation, `could not read ${definition.kind} ${id}`, find(definition, operation, id, inputs));
  const isOver = (remote: JsonObject | undefined): boolean => !remote || hasEnded(definition, remote);
  if (definition.phase?.ended && isOver(await look())) return;
  const request: JsonObject = { [idField(definition, definition.delete)]: id };
  for (const [name, extra] of Object.entries(definition.extra ?? {}))
    if (extra.on === "delete" && inputs[name] !== undefined) request[extra.field] = inputs[name];
  const call = orAbsent(client.call(definition.delete, request, { signal }));
  await attempt(operation, `could not delete ${definition.kind} ${id}`, call);
  let phase: string | undefined;
  await until({
    look,
    isReached: (remote) => {
      phase = remote && phaseOf(definition, remote);
      if (phase) operation.tell(`${phase}, waiting until it is gone`);
      return isOver(remote);
    },
    late: () =>
      new SettleError(
        `${definition.kind} ${id} is not gone yet${phase ? `, it is ${phase}` : ""}. It is kept in the stack; the next run goes on. The resource option customTimeouts gives it more time.`,
      ),
    deadline,
    clock,
    signal,
  });
}

const hasEnded = (definition: Definition, remote: JsonObject): boolean =>
  (definition.phase?.ended ?? []).includes(phaseOf(definition, remote) ?? "");
