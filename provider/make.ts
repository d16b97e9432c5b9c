import { Code, ConnectError } from "@connectrpc/connect";
import type { Definition } from "./definition";
import { type Attempt, leftAfter, leftBefore, Refusal } from "./earlier";
import { createMethod } from "./facts";
import type { JsonObject } from "./json";
import { marked, markOf } from "./mark";
import { takeOver } from "./named";
import { explained, type Operation } from "./operation";
import { objectIn } from "./remote";
import { createRequest } from "./write-requests";

/** An object that a create has made, now or in an earlier attempt. */
export interface Made {
  readonly id: string;
  readonly remote: JsonObject;
  /** Whether an interrupted run has left it, so that it may be older and changed. */
  readonly isEarlier: boolean;
}

/** Makes an object, or takes the one that an earlier attempt of the same create has left: never a second one. */
export async function make(definition: Definition, operation: Operation, inputs: JsonObject): Promise<Made> {
  if (definition.composed) return definition.composed.make(definition, operation, inputs);
  const { client, clock, signal, urn } = operation;
  const method = createMethod(definition, (input) => inputs[input] !== undefined);
  const request = createRequest(definition, method, inputs);
  const mark = urn === undefined ? undefined : markOf(urn, request);
  const attempt: Attempt = { inputs, mark, began: clock.now() };
  try {
    const earlier = await leftBefore(definition, operation, attempt);
    if (earlier) return taken(operation, madeOf(definition, earlier, true));
    const sent = mark ? marked(definition, request, mark) : request;
    // A cancellation may come when the object is there already, so that it ends the wait for it only.
    signal?.throwIfAborted();
    const answer = await client.call(method, sent);
    return madeOf(definition, objectIn(definition, method, answer), false);
  } catch (error) {
    const left = error instanceof Refusal ? undefined : await after(definition, operation, attempt, error);
    if (left) return taken(operation, madeOf(definition, left, false));
    throw explained(operation, `could not create ${definition.kind}`, error);
  }
}

function taken(operation: Operation, made: Made): Made {
  takeOver(operation, made.id);
  return made;
}

function madeOf({ kind }: Definition, remote: JsonObject | undefined, isEarlier: boolean): Made {
  if (!remote || typeof remote.id !== "string" || remote.id === "")
    throw new ConnectError(`the server's answer to the create of ${kind} has no id`, Code.DataLoss);
  return { id: remote.id, remote, isEarlier };
}

/** A look that fails as well says less than the create that failed. */
async function after(
  definition: Definition,
  operation: Operation,
  attempt: Attempt,
  error: unknown,
): Promise<JsonObject | undefined> {
  try {
    return await leftAfter(definition, operation, attempt, error);
  } catch (second) {
    if (second instanceof Refusal) throw explained(operation, `could not create ${definition.kind}`, second);
    return undefined;
  }
}
