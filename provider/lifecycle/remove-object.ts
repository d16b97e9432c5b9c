import type { Message } from "@bufbuild/protobuf";
import { orAbsent } from "../client/error/absence";
import { isGuarded, lossOf } from "../mapping/deletion-guard";
import { needsOwnId, ownId } from "../model/address";
import { type Definition, timeoutsOf } from "../model/definition";
import type { Method } from "../model/descriptor";
import { attempt, deadlineOf, type Operation } from "../model/operation";
import { hasEnded, hasTargets } from "../model/phase";
import { revoking } from "../model/revoked";
import { type Holder, letGo, takeNote } from "../model/run-memory";
import type { State } from "../model/state";
import { findTogether } from "../reading/batch";
import { confirmNamed, findStored } from "../reading/confirm-gone";
import { enclosingAtRest } from "../reading/enclosing-at-rest";
import { find } from "../reading/find";
import { namedRequest } from "../reading/named-request";
import type { Json, JsonObject } from "../value/json";
import { listening } from "../waiting/listening";
import { createProgress } from "../waiting/progress";
import { waitUntil } from "../waiting/wait";
import { lingeringReport } from "../waiting/wait-error";

/** Deletes an object by one call and returns when it is gone, unless another entry of the state holds it as well. */
export async function removeObject(
  definition: Definition,
  operation: Operation,
  id: string,
  state: State,
): Promise<void> {
  const { client, clock, memory, signal } = operation;
  const { inputs, outputs } = state;
  const holder = letGo(operation, definition, id, state).at(-1);
  if (holder) return spare(definition, operation, id, holder);
  if (definition.delete === "forget") return;
  const named = confirmNamed(definition, operation, id, state);
  await attempt(operation, `could not delete ${definition.kind} ${id}`, named);
  const deadline = deadlineOf(operation, timeoutsOf(definition).delete);
  takeNote(memory, definition, id);
  const reading = `could not read ${definition.kind} ${id}`;
  const look = (known: State, how?: typeof findTogether) =>
    attempt(operation, reading, findStored(definition, operation, id, known, how));
  const { cancel } = definition.phase ?? {};
  const isThere = (remote: JsonObject | undefined): remote is JsonObject =>
    remote !== undefined && (cancel !== undefined || !hasEnded(definition, remote));
  const progress = createProgress(definition, operation, deadline);
  const { since: _, ...seen } = state.seen;
  const wait = (isReached: (remote: JsonObject) => boolean) =>
    waitUntil({
      // What is not there any more is not looked for as something young is.
      look: () => look({ inputs, outputs: {}, seen }),
      isReached: async (remote) => {
        if (remote === undefined || isReached(remote)) return true;
        progress.see(remote);
        // Nothing reports the end in an environment that does not run.
        return (await attempt(operation, reading, enclosingAtRest(definition, operation, remote))) !== undefined;
      },
      listen: listening(definition, operation, id, outputs),
      tick: progress.tick,
      late: () => lingeringReport(definition, { id, deadline }, progress),
      deadline: deadline.at,
      pauses: client.api.readPauses,
      clock,
      signal,
    });
  let own: Json | undefined;
  if (
    definition.phase?.ended ||
    isGuarded(memory, definition, id, inputs) ||
    isNamedByOwnId(definition) ||
    isMadeAgain(definition)
  ) {
    const remote = await look(state, findTogether);
    if (!isThere(remote)) return;
    const loss = lossOf(memory, definition, id, inputs, remote);
    if (loss !== undefined) throw new Error(`could not delete ${definition.kind} ${id}: ${loss}`);
    own = remote[ownId];
    if (cancel && !hasEnded(definition, remote)) {
      await attempt(
        operation,
        `could not cancel ${definition.kind} ${id}`,
        callCancel(definition, operation, id, cancel),
      );
      await wait((latest) => hasEnded(definition, latest));
    }
  }
  const call = revoking(operation, definition, id, callDelete(definition, operation, id, inputs, own));
  const answer = await attempt(operation, `could not delete ${definition.kind} ${id}`, call);
  // An object that does not linger is gone with the answer. NOT_FOUND proves nothing: the server says it of others' objects too.
  if (answer && !(definition.lingers ?? hasTargets(definition))) return;
  await wait((remote) => !isThere(remote));
}

/** Asks an object to come to its end. A refusal means nothing where it has come to that meanwhile. */
async function callCancel(definition: Definition, operation: Operation, id: string, cancel: Method): Promise<void> {
  const { client, signal } = operation;
  const name = await namedRequest(definition, operation, cancel, id);
  try {
    await orAbsent(client.call(cancel, name, { signal, repeatable: true }));
  } catch (error) {
    const remote = await find(definition, operation, id).catch(() => undefined);
    if (remote && !hasEnded(definition, remote)) throw error;
  }
}

/** Keeps an object that another entry of the state holds as well. */
export function spare({ kind, create }: Definition, { urn, voice }: Operation, id: string, holder: Holder): void {
  if (urn === undefined || holder.urn !== urn || !create) {
    voice.inform(`${kind} ${id} is kept: another resource has taken it over`);
    return;
  }
  const why = `${kind} ${id} was not replaced: the API allows one object with its key, and the old one already has all the new inputs, so the resource keeps it. To replace it, set the resource option deleteBeforeReplace.`;
  if (holder.isNew) throw new Error(why);
  voice.warn(why);
}

/** Makes the call that deletes an object, or ends what it does; undefined where the server says that there is none. */
export async function callDelete(
  definition: Definition,
  operation: Pick<Operation, "client" | "signal">,
  id: string,
  inputs: JsonObject,
  own?: Json,
): Promise<Message | undefined> {
  const { method, request } = deletionOf(definition, inputs);
  const name = await namedRequest(definition, operation, method, id, own);
  const options = { signal: operation.signal, repeatable: true };
  return orAbsent(operation.client.call(method, { ...name, ...request }, options));
}

function deletionOf(definition: Definition, inputs: JsonObject): { method: Method; request: JsonObject } {
  const { delete: method, update, extra = {} } = definition;
  if (typeof method === "string" || "with" in method) {
    if (!update || typeof method === "string")
      throw new Error(`no call deletes objects of the kind ${definition.kind}`);
    return { method: update, request: { ...method.with } };
  }
  const request: JsonObject = {};
  for (const [name, { on, field }] of Object.entries(extra))
    if (on === "delete" && field !== undefined && inputs[name] !== undefined) request[field] = inputs[name];
  return { method, request };
}

/** Whether the deletion is another create, which would end what somebody else has made since. */
const isMadeAgain = ({ create, delete: remove }: Definition): boolean => create !== undefined && remove === create;

/** Whether the deletion names the object by an id that only a read tells. */
const isNamedByOwnId = (definition: Definition): boolean =>
  typeof definition.delete === "object" && "input" in definition.delete && needsOwnId(definition, definition.delete);
