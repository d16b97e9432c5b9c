import { identity } from "../client/identity";
import { inputsOf } from "../mapping/live-inputs";
import type { Definition } from "../model/definition";
import { attempt, type Operation } from "../model/operation";
import { hasFailed, isMoving, isPassing, meaningOf, phaseOf, restingPhases, rests, wantedPhase } from "../model/phase";
import { takeNote } from "../model/run-memory";
import type { Seen, State } from "../model/state";
import { toldIn } from "../model/told-once";
import { acting } from "../reading/acting";
import { findTogether } from "../reading/batch";
import { confirmNamed, findStored } from "../reading/confirm-gone";
import { confirmUnlisted } from "../reading/confirm-unlisted";
import { enclosingAtRest } from "../reading/enclosing-at-rest";
import { foundAhead } from "../reading/prefetch";
import type { JsonObject } from "../value/json";
import { stateOf } from "./keep-id";

/**
 * Reads an object; undefined where it is gone. Without a stored state all its inputs are managed, and a scope may say
 * where it is found.
 */
export async function read(
  definition: Definition,
  given: Operation,
  id: string,
  state: State | undefined,
  scope?: JsonObject,
): Promise<State | undefined> {
  const operation = acting(definition, given, { inputs: state?.inputs ?? scope, remote: state?.outputs }, id);
  const attempted = `could not read ${definition.kind} ${id}`;
  takeNote(operation.memory, definition, id);
  const finding = state
    ? confirmNamed(definition, operation, id, state)
        .then(() => foundAhead(definition, operation, id, state))
        .then((found) => found ?? findStored(definition, operation, id, state, findTogether))
    : findTogether(definition, operation, id, { inputs: scope });
  const remote = await attempt(operation, attempted, finding);
  if (!remote) {
    if (state) await attempt(operation, attempted, confirmUnlisted(definition, operation, id, state));
    return definition.phase?.mayVanish && state?.seen.ready ? state : undefined;
  }
  const {
    hostRests: _,
    unfinished,
    ...seen
  } = state ? state.seen : await attempt(operation, attempted, seenBy(operation));
  const enclosingRests =
    state !== undefined && (await attempt(operation, attempted, isAtRest(definition, operation, state, remote)));
  const inputs = inputsOf(definition, remote, state?.inputs, enclosingRests);
  const ready = seen.ready ?? isReady(definition, inputs, remote, state === undefined);
  const isOnItsWay =
    unfinished && (isMoving(definition, remote) || isPassing(definition, wantedPhase(definition, inputs), remote));
  const seenNow = {
    ...seen,
    ...(ready && { ready }),
    ...(enclosingRests && { hostRests: true }),
    ...(isOnItsWay && { unfinished: true }),
  };
  return stateOf(definition, operation, {
    inputs,
    remote,
    seen: seenNow,
    told: toldIn(definition, state?.outputs ?? remote),
  });
}

/** Whether an object is not in its stated phase because the object that it lives in is at rest. */
async function isAtRest(
  definition: Definition,
  operation: Operation,
  state: State,
  remote: JsonObject,
): Promise<boolean> {
  const wanted = wantedPhase(definition, state.inputs);
  if (wanted === undefined || meaningOf(definition, phaseOf(definition, remote), wanted) === "reached") return false;
  return (await enclosingAtRest(definition, operation, remote)) !== undefined;
}

const seenBy = ({ client }: Operation): Promise<Seen> => identity(client);

/**
 * An object that rests has come up once where somebody else made it and a program can ask it to; ours has when it is where
 * it shall be.
 */
function isReady(definition: Definition, inputs: JsonObject, remote: JsonObject, isForeign: boolean): boolean {
  const [first] = restingPhases(definition);
  const phase = phaseOf(definition, remote);
  if (first === undefined) return true;
  if (isForeign && definition.phase?.desired) return rests(definition, phase);
  return phase === (wantedPhase(definition, inputs) ?? first) && !hasFailed(definition, remote);
}
