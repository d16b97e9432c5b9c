import type { Definition } from "../model/definition";
import type { Operation } from "../model/operation";
import type { State } from "../model/state";
import { acting } from "../reading/acting";
import { callsOf } from "./life-calls";

/**
 * Deletes an object and returns when it is gone; one that is gone already is deleted. A kind that composes its calls does
 * so by its own `remove`, every other one by `removeObject`.
 */
export function remove(definition: Definition, given: Operation, id: string, state: State): Promise<void> {
  const operation = acting(definition, given, { inputs: state.inputs, remote: state.outputs }, id);
  const calls = callsOf(definition);
  return calls.remove(definition, operation, id, calls.withoutUnstated(state));
}
