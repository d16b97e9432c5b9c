import type { Definition } from "./definition";
import { diff } from "./diff";
import { type JsonObject, removeAt } from "./json";
import { inputsOf } from "./observe";
import { explained, type Operation } from "./operation";
import { show, steps } from "./path";
import { read } from "./read";
import type { State } from "./state";
import { update } from "./update";

/** Takes over an object that exists already, and brings it to the inputs. What would replace it is refused. */
export async function adopt(
  definition: Definition,
  operation: Operation,
  id: string,
  inputs: JsonObject,
): Promise<State> {
  const refusal = (reason: string): Error =>
    explained(operation, `could not adopt ${definition.kind} ${id}`, new Error(reason));
  const stored = await read(definition, operation, id, undefined);
  if (!stored) throw refusal("it does not exist, or the token may not see it");
  const state = { ...stored, inputs: shown(definition, stored.outputs, inputs) };
  const { changes } = diff(definition, state, inputs);
  const fixed = changes.filter(({ replaces }) => replaces).map(({ path }) => show(path));
  if (fixed.length > 0) throw refusal(`it differs in what cannot change in place: ${fixed.join(", ")}`);
  return update(definition, operation, id, state, inputs);
}

/** What the object has at the stated paths; what the server does not give back has to be written again. */
function shown(definition: Definition, outputs: JsonObject, inputs: JsonObject): JsonObject {
  const observed = structuredClone(inputsOf(definition, outputs, inputs));
  for (const path of definition.writeOnly ?? []) removeAt(observed, steps(path));
  return observed;
}
