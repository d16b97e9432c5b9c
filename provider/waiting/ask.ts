import { Code, ConnectError } from "@connectrpc/connect";
import { naming } from "../model/address";
import type { Definition } from "../model/definition";
import { attempt, type Operation } from "../model/operation";
import { enclosingAtRest } from "../reading/enclosing-at-rest";
import { at, type JsonObject } from "../value/json";
import { steps } from "../value/path";
import { callFor } from "./next-step";

/** Asks the server to bring an object to a phase, and takes it back first where it has been put away. */
export async function ask(
  definition: Definition,
  operation: Operation,
  { id, phase }: { readonly id: string; readonly phase?: string | undefined },
  remote: JsonObject,
): Promise<void> {
  const method = callFor(definition, phase);
  if (!method) return;
  const { archived } = definition.phase ?? {};
  const isArchived = archived !== undefined && at(remote, steps(archived.at)) !== undefined;
  for (const each of isArchived ? [archived.undo, method] : [method]) {
    const options = { signal: operation.signal, repeatable: true };
    const call = operation.client.call(each, naming(definition, each, id), options);
    await attempt(
      operation,
      `could not bring ${definition.kind} ${id} to ${phase}`,
      orEnclosingAtRest(definition, operation, remote, call),
    );
  }
}

/** A request that fails since the enclosing object is at rest fails for that reason, whatever the server says. */
async function orEnclosingAtRest<T>(
  definition: Definition,
  operation: Operation,
  remote: JsonObject,
  call: Promise<T>,
): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (ConnectError.from(error).code !== Code.FailedPrecondition) throw error;
    const resting = await enclosingAtRest(definition, operation, remote).catch(() => undefined);
    if (resting === undefined) throw error;
    throw new ConnectError(`${resting}; start it first`, Code.FailedPrecondition, undefined, undefined, error);
  }
}
