import type { Definition } from "../model/definition";
import { NotReady } from "../model/not-ready";
import { explained, type Operation } from "../model/operation";
import type { Known, State } from "../model/state";
import { Gone } from "../reading/confirm-gone";
import { find, outputsOf } from "../reading/find";
import { WaitError } from "../waiting/wait-error";

/** Does work on an object that exists; whatever fails, the failure carries the id and the latest state. */
export async function keepId(
  definition: Definition,
  operation: Operation,
  id: string,
  known: Known,
  work: () => Promise<Known>,
): Promise<State> {
  try {
    return stateOf(definition, operation, await work());
  } catch (error) {
    if (error instanceof Gone) throw error;
    const remote = (await latest(definition, operation, id, known)) ?? known.remote;
    const { message } =
      error instanceof WaitError ? error : explained(operation, `${definition.kind} ${id} is not ready`, error);
    const seen = { ...known.seen, unfinished: true };
    throw new NotReady(id, stateOf(definition, operation, { ...known, remote, seen }), message, error);
  }
}

/** Returns what is stored of an object. */
export const stateOf = (
  definition: Definition,
  { secrets }: Operation,
  { inputs, remote, seen, told }: Known,
): State => ({
  inputs,
  outputs: { ...outputsOf(definition, remote, secrets), ...told },
  seen,
});

/** Reads the object once more, for the state. Ignores a failure, which would hide the one that counts. */
function latest(definition: Definition, operation: Operation, id: string, known: Known) {
  const signal = operation.signal?.aborted ? AbortSignal.timeout(patience) : undefined;
  return find(definition, { ...operation, signal }, id, known).catch(() => undefined);
}

/** Milliseconds that a cancelled operation may take for that. */
const patience = 500;
