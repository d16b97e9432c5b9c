import { identity } from "../client/identity";
import { addressOf, canonicalAddress } from "../model/address";
import { type Definition, timeoutsOf } from "../model/definition";
import { NotReady } from "../model/not-ready";
import { attempt, type Deadline, deadlineOf, type Operation } from "../model/operation";
import { wantedPhase } from "../model/phase";
import { madeUnready, takeUnready } from "../model/run-memory";
import { createMethod, factsOf, resourceField, type Unit } from "../model/shape";
import type { Known, Made, Seen, State, Written } from "../model/state";
import { isUntold, toldIn } from "../model/told-once";
import { acting } from "../reading/acting";
import { findTogether } from "../reading/batch";
import { find } from "../reading/find";
import { at, type JsonObject } from "../value/json";
import { afterCreate } from "../waiting/next-step";
import { reachPhase } from "../waiting/reach-phase";
import { adopt, resume } from "./adopt";
import { tellingChoices } from "./choices";
import { keepId } from "./keep-id";
import { callsOf } from "./life-calls";

/** An object and what is stored of it. */
export interface Created {
  readonly id: string;
  readonly state: State;
}

/** Creates an object and returns when it has reached what the inputs ask for. Once the API has answered, no failure loses its id. */
export async function create(definition: Definition, given: Operation, inputs: JsonObject): Promise<Created> {
  const deadline = deadlineOf(given, timeoutsOf(definition).create);
  const operation = { ...acting(definition, given, { inputs }), deadline };
  const who = () => attempt(operation, `could not create ${definition.kind}`, identity(operation.client));
  if (typeof inputs.adopt === "string" && inputs.adopt !== "") {
    const id = definition.address ? canonicalAddress(definition, inputs.adopt, await who()) : inputs.adopt;
    if (id === undefined) throw new Error(`${definition.kind} cannot be named ${inputs.adopt}`);
    return { id, state: await adopt(definition, operation, id, inputs) };
  }
  const known = await who();
  if (!definition.create) {
    const id = addressOf(definition, inputs, known);
    if (id === undefined) throw new Error(`${definition.kind} does not say which one it is`);
    return { id, state: await adopt(definition, operation, id, inputs) };
  }
  const made =
    (await madeBefore(definition, operation, inputs)) ??
    (await tellingChoices(definition, operation, inputs, callsOf(definition).make(definition, operation, inputs)));
  const { remote, id, isEarlier, isPartial, since, takenOver, told = {}, failure } = made;
  const seen = {
    ...known,
    ...(isUntold(definition, told) && { untold: true }),
    ...(since !== undefined && { since }),
    ...(takenOver !== undefined && { takenOver }),
  };
  try {
    if (isEarlier) return { id, state: await resume(definition, operation, { id, remote, seen, told }, inputs) };
    const answered = { id, inputs, remote, isPartial, seen, told, failure, deadline };
    return { id, state: await complete(definition, operation, answered) };
  } catch (error) {
    if (error instanceof NotReady)
      takeUnready(operation, { id, inputs, told: toldIn(definition, error.state.outputs) });
    throw error;
  }
}

/** Returns what an earlier try of the same create has made in this process, which Pulumi may have forgotten since. */
async function madeBefore(definition: Definition, operation: Operation, inputs: JsonObject): Promise<Made | undefined> {
  const { id, told } = madeUnready(operation, inputs) ?? {};
  if (id === undefined || told === undefined) return undefined;
  const reading = `could not read ${definition.kind} ${id}`;
  const remote = await attempt(operation, reading, find(definition, operation, id, { inputs }));
  return remote && { id, remote, isEarlier: true, told };
}

interface Answered extends Pick<Made, "id" | "remote" | "failure"> {
  readonly isPartial: boolean | undefined;
  readonly inputs: JsonObject;
  readonly seen: Seen;
  readonly told: JsonObject;
  readonly deadline: Deadline;
}

/** Writes what the create request does not take, has told what the answer does not tell, and waits. */
function complete(definition: Definition, operation: Operation, answered: Answered): Promise<State> {
  const { id, inputs, remote, seen, told, failure } = answered;
  const later = factsOf(definition).units.filter((unit) => isWrittenLater(definition, unit, inputs));
  const known: Known = { inputs: without(inputs, later), remote, seen, told };
  return keepId(definition, operation, id, known, async () => {
    if (failure !== undefined) throw failure;
    const isDone = later.length === 0 && !seen.untold;
    const written = isDone ? { calls: 0 } : await callsOf(definition).write(definition, operation, id, inputs, known);
    const settled = await arrive(definition, operation, answered, written);
    return { ...known, inputs, remote: settled, seen: { ...known.seen, ready: true } };
  });
}

/** Units that the create request does not take. */
const isWrittenLater = (definition: Definition, unit: Unit, inputs: JsonObject): boolean =>
  at(inputs, unit.path) !== undefined &&
  (unit.extra?.on === "write" || (definition.updateOnly ?? []).includes(unit.path[0]!));

/** Leaves out the inputs that are not written yet, so that the next update writes them. */
const without = (inputs: JsonObject, units: readonly Unit[]): JsonObject =>
  Object.fromEntries(Object.entries(inputs).filter(([name]) => !units.some((unit) => unit.path[0] === name)));

/** Waits for the object to come up, or reads what neither the answer to the create nor that to a later call tells. */
async function arrive(
  definition: Definition,
  operation: Operation,
  { id, inputs, remote, isPartial, deadline }: Answered,
  written: Written,
): Promise<JsonObject> {
  const [first] = Object.keys(definition.phase?.targets ?? {});
  if (first !== undefined)
    return reachPhase(definition, operation, {
      id,
      inputs,
      phase: wantedPhase(definition, inputs) ?? first,
      remote,
      request: afterCreate(definition, remote),
      deadline,
    });
  const method = createMethod(definition, (input) => inputs[input] !== undefined);
  const isWhole = resourceField(definition, method) !== undefined && !isPartial;
  if (written.calls === 0 && isWhole) return remote;
  if (written.remote) return written.remote;
  return (
    (await attempt(
      operation,
      `could not read ${definition.kind} ${id}`,
      findTogether(definition, operation, id, { inputs, remote }),
    )) ?? remote
  );
}
