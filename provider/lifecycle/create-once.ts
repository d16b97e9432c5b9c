import type { Message } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { identity } from "../client/identity";
import { createRequest } from "../mapping/create-request";
import { marked, markOf } from "../mapping/origin";
import { addressOf, idSaid, ownId } from "../model/address";
import type { Definition } from "../model/definition";
import type { Method } from "../model/descriptor";
import type { Operation } from "../model/operation";
import { saysWhenMade } from "../model/remote-object";
import { takeOver } from "../model/run-memory";
import { createMethod } from "../model/shape";
import type { Made } from "../model/state";
import { isTellable } from "../model/told-once";
import { objectIn } from "../reading/find";
import { organizationFor } from "../reading/named-request";
import type { JsonObject } from "../value/json";
import type { CreateAttempt } from "./recover/create-attempt";
import { isRepeatable, leftAfter, leftBefore, leftUnseen } from "./recover/left-over";
import { whileUnderWay } from "./recover/looks";
import { describe, Refusal, told } from "./recover/refusal";
import { withoutSecret } from "./recover/untellable";
import { callDelete } from "./remove-object";
import { toldBy } from "./tell";

/** Creates an object, or takes over the one that an interrupted run of the same create has left: never a second one. */
export async function make(definition: Definition, operation: Operation, inputs: JsonObject): Promise<Made> {
  const made = await makeOnce(definition, operation, inputs);
  return saysWhenMade(definition) ? made : { ...made, since: new Date(operation.clock.now()).toISOString() };
}

async function makeOnce(
  definition: Definition,
  operation: Operation,
  inputs: JsonObject,
  isAgain = false,
): Promise<Made> {
  const { client, clock, signal, urn, stateId } = operation;
  const method = createMethod(definition, (input) => inputs[input] !== undefined);
  const request = createRequest(definition, method, inputs, await organizationFor(operation, method));
  const mark = urn === undefined ? undefined : markOf(urn, request, stateId);
  const attempt: CreateAttempt = { definition, operation, inputs, mark, began: clock.now() };
  const attempted = `could not create ${definition.kind}`;
  let answered: Made;
  try {
    const earlier = await leftBefore(attempt);
    if (earlier) return takenOver(attempt, madeOf(definition, earlier, true));
    const sent = mark ? marked(definition, request, mark) : request;
    // A cancellation may come when the object is there already, so that it ends the wait for it only.
    signal?.throwIfAborted();
    const call = client.call(method, sent, { repeatable: isRepeatable(definition) });
    answered = await whileUnderWay(
      operation,
      call.then(async (answer) => {
        const told = toldBy(definition, operation, method, answer);
        return { ...known(operation, madeOf(definition, await createdIn(attempt, method, answer))), told };
      }),
    );
  } catch (error) {
    const left = error instanceof Refusal ? undefined : await after(attempt, attempted, error);
    if (left && isTellable(definition)) return takenOver(attempt, madeOf(definition, left, false));
    if (left && (await isDiscarded(attempt, left)) && !isAgain) return makeOnce(definition, operation, inputs, true);
    throw told(operation, attempted, error);
  }
  const unseen = await leftUnseen(attempt, answered.remote);
  if (!unseen || !(await isUndone(attempt, answered, unseen))) return answered;
  if (unseen instanceof Refusal) throw told(operation, attempted, unseen);
  return takenOver(attempt, madeOf(definition, unseen, true));
}

/** Returns the object that the answer to a create carries, or at least the id that it says or that the inputs lead to. */
async function createdIn(
  { definition, operation, inputs }: CreateAttempt,
  method: Method,
  answer: Message,
): Promise<JsonObject> {
  const address = addressOf(definition, inputs, await identity(operation.client));
  const object = objectIn(definition, method, answer, address);
  return object ?? { id: address ?? idSaid(definition, method, answer) ?? "" };
}

function known({ memory }: Operation, object: Made): Made {
  memory.named.add(object.id);
  memory.made.add(object.id);
  return object;
}

function takenOver({ definition, operation, inputs }: CreateAttempt, object: Made): Made {
  operation.memory.named.add(object.id);
  return { ...object, takenOver: takeOver(operation, definition, [object.id], inputs) };
}

function madeOf({ kind }: Definition, remote: JsonObject | undefined, isEarlier = false): Made {
  if (!remote || typeof remote.id !== "string" || remote.id === "")
    throw new ConnectError(`the server answered the create of ${kind} without an id`, Code.DataLoss);
  return { id: remote.id, remote, isEarlier };
}

/** If this look fails too, the error of the create says more. */
async function after(attempt: CreateAttempt, attempted: string, error: unknown): Promise<JsonObject | undefined> {
  try {
    return await leftAfter(attempt, error);
  } catch (second) {
    if (second instanceof Refusal) throw told(attempt.operation, attempted, second);
    return undefined;
  }
}

/** Deletes an object whose secret went with the lost answer. If that fails, a warning names it. */
async function isDiscarded({ definition, operation }: CreateAttempt, left: JsonObject): Promise<boolean> {
  try {
    await callDelete(definition, operation, String(left.id), {}, left[ownId]);
    return true;
  } catch {
    operation.voice.warn(withoutSecret(definition, [left]));
    return false;
  }
}

/** Deletes the object that this create has just made, because an older one exists. If that fails, a warning names both. */
async function isUndone(
  { definition, operation: { client, voice } }: CreateAttempt,
  { id, remote }: Made,
  older: JsonObject | Refusal,
): Promise<boolean> {
  try {
    await callDelete(definition, { client }, id, {}, remote[ownId]);
    return true;
  } catch {
    const why = older instanceof Refusal ? older.message : `an interrupted run has left ${describe(older)}`;
    voice.warn(`this run has created a second ${definition.kind}, ${id}, and could not delete it: ${why}`);
    return false;
  }
}
