import { isRefusedAsAbsent } from "../client/error/absence";
import { changedUnits, isUnsettled } from "../mapping/diff";
import { withFirstStated } from "../mapping/first-stated";
import { inputsOf } from "../mapping/live-inputs";
import { type Definition, timeoutsOf } from "../model/definition";
import { attempt, type Deadline, deadlineOf, type Operation } from "../model/operation";
import { askedPhase, hasTargets, needsConfirmation, phaseOf, restingPhases, wantedPhase } from "../model/phase";
import { takeNote } from "../model/run-memory";
import type { Unit } from "../model/shape";
import type { Known, State } from "../model/state";
import { toldIn } from "../model/told-once";
import { acting } from "../reading/acting";
import { findTogether } from "../reading/batch";
import { confirmNamed, findStored, Gone, lags } from "../reading/confirm-gone";
import { enclosingAtRest } from "../reading/enclosing-at-rest";
import { at, type JsonObject } from "../value/json";
import { reachPhase } from "../waiting/reach-phase";
import { givesBack, keepCoupled } from "./keep-before";
import { keepId } from "./keep-id";
import { callsOf } from "./life-calls";
import { isBound } from "./write";

/**
 * Brings an object from its stored state to new inputs. An update may run again: with equal inputs it continues where an
 * earlier one ended, and makes no call if nothing is left to do.
 */
export async function update(
  definition: Definition,
  given: Operation,
  id: string,
  stored: State,
  news: JsonObject,
  during: "create" | "update" = "update",
): Promise<State> {
  const operation = acting(definition, given, { inputs: news, remote: stored.outputs }, id);
  const calls = callsOf(definition);
  const state = calls.withoutUnstated(withFirstStated(definition, stored, news));
  const units = changedUnits(definition, state.inputs, news);
  if (units.length === 0 && !isUnsettled(operation.memory, definition, state, news)) return { ...state, inputs: news };
  const named = confirmNamed(definition, operation, id, state);
  await attempt(operation, `could not update ${definition.kind} ${id}`, named);
  const deadline = deadlineOf(operation, timeoutsOf(definition)[during]);
  takeNote(operation.memory, definition, id, news);
  // What is given back later is read before each write; what is taken over was read just now.
  const mustLook = givesBack(definition) ? during === "update" : calls.mustRead(definition, state.inputs, news);
  const remote = mustLook ? await look(definition, operation, id, state) : { ...state.outputs, id };
  const known: Known = { inputs: state.inputs, remote, seen: state.seen, told: toldIn(definition, state.outputs) };
  return keepId(definition, operation, id, known, async () => {
    const target = targetOf(definition, state, news, remote);
    await makeChangeable(definition, operation, { id, units, news, target, known, deadline });
    const writing = calls.write(definition, { ...operation, deadline }, id, news, known);
    const written = await writing.catch(async (error) => {
      // The server says so of an object that is gone, and of whatever else the request names.
      if (isRefusedAsAbsent(error)) await look(definition, operation, id, state);
      throw error;
    });
    const enclosingRests =
      state.seen.hostRests === true && (await enclosingAtRest(definition, operation, remote)) !== undefined;
    const isFresh = mustLook && written.calls === 0;
    const reached = hasTargets(definition)
      ? await reachPhase(definition, operation, {
          id,
          inputs: news,
          remote: known.remote,
          phase: isBoundFor(definition, known, news, enclosingRests) ? target : undefined,
          request: { stands: mayBeAsked(definition, state, units) ? "unknown" : "none" },
          isFresh,
          isChanged: units.some(({ path, update }) => update && needsConfirmation(definition, path)),
          deadline,
        })
      : (written.remote ?? (isFresh ? remote : await lookAfter(definition, operation, id, state, { news, units })));
    if (givesBack(definition) && written.calls > 0) {
      const stated = units.filter(({ path }) => at(news, path) !== undefined);
      known.seen = keepCoupled(definition, stated, remote, { ...known, remote: reached });
    }
    const { wasIn: _left, hostRests: _rested, unfinished: _begun, ...seen } = known.seen;
    return {
      ...known,
      inputs: news,
      remote: reached,
      seen: { ...seen, ready: true, ...(enclosingRests && { hostRests: true }) },
    };
  });
}

/** Reads the object until it shows what was written, since reads may lag behind; where none does, the last one counts. */
async function lookAfter(
  definition: Definition,
  operation: Operation,
  id: string,
  state: State,
  { news, units }: Pick<Change, "news" | "units">,
): Promise<JsonObject> {
  const { clock, signal } = operation;
  for (const pause of lags) {
    const remote = await look(definition, operation, id, state);
    const unlike = changedUnits(definition, inputsOf(definition, remote, news), news);
    if (!unlike.some((unit) => units.includes(unit))) return remote;
    await clock.sleep(pause, signal);
  }
  return look(definition, operation, id, state);
}

async function look(definition: Definition, operation: Operation, id: string, state: State): Promise<JsonObject> {
  const finding = findStored(definition, operation, id, state, findTogether);
  const remote = await attempt(operation, `could not read ${definition.kind} ${id}`, finding);
  if (remote) return remote;
  throw new Gone(
    `could not update ${definition.kind} ${id}: it is gone. Run pulumi refresh; the next pulumi up creates it again`,
  );
}

/** Whether the object has to reach its phase: for the first time, after a change, or since a program states it. */
const isBoundFor = (definition: Definition, { seen }: Known, news: JsonObject, enclosingRests: boolean): boolean =>
  !seen.ready || seen.wasIn !== undefined || (wantedPhase(definition, news) !== undefined && !enclosingRests);

/** Whether the object may have been asked for a phase, by an interrupted run or by what was just written. */
const mayBeAsked = ({ phase }: Definition, { seen }: State, units: readonly Unit[]): boolean =>
  !seen.ready || seen.unfinished === true || units.some(({ name }) => name === phase?.desired);

/** The stated phase, else the one left for a change, else where it is or was asked to be, else the first one. */
function targetOf(definition: Definition, { seen }: State, news: JsonObject, remote: JsonObject): string | undefined {
  const phases = restingPhases(definition);
  const candidates = seen.ready ? [seen.wasIn, phaseOf(definition, remote), askedPhase(definition, remote)] : [];
  return wantedPhase(definition, news) ?? candidates.find((phase) => phases.includes(phase ?? "")) ?? phases[0];
}

interface Change {
  readonly id: string;
  readonly units: readonly Unit[];
  readonly news: JsonObject;
  readonly target: string | undefined;
  readonly known: Known;
  readonly deadline: Deadline;
}

/** Brings the object to the phase in which the API lets these units change, and takes note of where it was. */
async function makeChangeable(definition: Definition, operation: Operation, change: Change): Promise<void> {
  const { id, units, news, target, known, deadline } = change;
  const { onlyIn } = definition.phase ?? {};
  const phase = phaseOf(definition, known.remote);
  if (!onlyIn || !units.some((unit) => isBound(definition, unit))) return;
  const [resting] = onlyIn.phases;
  if (phase !== resting && target !== undefined) known.seen = { ...known.seen, wasIn: target };
  if (!onlyIn.phases.includes(phase ?? ""))
    known.remote = await reachPhase(definition, operation, {
      id,
      inputs: news,
      remote: known.remote,
      phase: resting,
      request: { stands: "none" },
      isFresh: true,
      deadline,
    });
}
