import { diff } from "../mapping/diff";
import { inputsOf } from "../mapping/live-inputs";
import type { Definition } from "../model/definition";
import { explained, type Operation } from "../model/operation";
import { isPassing, wantedPhase } from "../model/phase";
import { takeOver } from "../model/run-memory";
import { factsOf } from "../model/shape";
import type { Known, State } from "../model/state";
import { isReadable, isUntold, renewingInputs } from "../model/told-once";
import { type JsonObject, withoutAt } from "../value/json";
import { show, steps } from "../value/path";
import { callsOf } from "./life-calls";
import { read } from "./read";
import { update } from "./update";

/** Takes over an object that exists already, and brings it to the inputs. Refuses inputs that would replace it. */
export async function adopt(
  definition: Definition,
  operation: Operation,
  id: string,
  inputs: JsonObject,
): Promise<State> {
  const stored = await read(definition, operation, id, undefined, inputs);
  if (!stored) throw refusal(definition, operation, id, absence(definition));
  const takenOver = takeOver(operation, definition, callsOf(definition).membersOf(id, stored.outputs), inputs);
  const { outputs, seen } = stored;
  const known = {
    inputs: shown(definition, outputs, inputs),
    outputs,
    seen: { ...seen, takenOver, ...(isReadable(definition) && { untold: true }) },
  };
  const state = await bring(definition, operation, id, known, inputs);
  if (isUntold(definition, state.outputs)) operation.voice.inform(notTold(definition, id));
  return state;
}

/** Says what an object lacks that was told when somebody else made it, and how it is made anew. */
function notTold(definition: Definition, id: string): string {
  const renewing = renewingInputs(definition);
  const how = renewing.length > 0 ? `; a change of ${renewing.join(" or ")} makes a new one` : "";
  return `${Object.keys(definition.once ?? {}).join(", ")} of ${definition.kind} ${id} was told once, before it was taken over${how}`;
}

/** Continues with the object that an interrupted create of the same inputs has left; somebody may have changed it since. */
export const resume = (
  definition: Definition,
  operation: Operation,
  { id, remote, seen, told }: Pick<Known, "remote" | "seen" | "told"> & { readonly id: string },
  inputs: JsonObject,
): Promise<State> => {
  const outputs = { ...remote, ...told };
  return bring(definition, operation, id, { inputs: inputsOf(definition, remote, inputs), outputs, seen }, inputs);
};

async function bring(
  definition: Definition,
  operation: Operation,
  id: string,
  state: State,
  inputs: JsonObject,
): Promise<State> {
  const { changes } = diff(operation.memory, definition, state, inputs);
  const fixed = changes.filter(({ replaces }) => replaces).map(({ path }) => show(path));
  if (fixed.length > 0)
    throw refusal(definition, operation, id, `it differs in inputs that cannot change in place: ${fixed.join(", ")}`);
  const { ready, ...unready } = state.seen;
  const seen = isPassing(definition, wantedPhase(definition, inputs), state.outputs) ? unready : state.seen;
  return update(definition, operation, id, { ...state, seen }, inputs, "create");
}

const absence = ({ whenAbsent }: Definition): string =>
  ["it does not exist, or the token may not see it", ...(whenAbsent === undefined ? [] : [whenAbsent])].join(": ");

const refusal = ({ kind, create }: Definition, operation: Operation, id: string, reason: string): Error =>
  explained(operation, `could not ${create ? "adopt" : "take over"} ${kind} ${id}`, new Error(reason));

/**
 * What the object has at the stated paths; what the server does not give back has to be written again. A secret that no
 * call of its own tells is made anew where a program states what renews it, and only there, since others may use it.
 */
function shown(definition: Definition, outputs: JsonObject, inputs: JsonObject): JsonObject {
  const renewing = renewingInputs(definition).map((name) => [name]);
  const unknown = [...[...factsOf(definition).writeOnly].map(steps), ...renewing];
  return unknown.reduce<JsonObject>(withoutAt, inputsOf(definition, outputs, inputs));
}
