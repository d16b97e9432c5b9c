import { findStored } from "./absence";
import type { Definition } from "./definition";
import { changedUnits, isUnsettled } from "./diff";
import { factsOf, type Unit } from "./facts";
import { restingHost } from "./host";
import { at, type JsonObject } from "./json";
import { type Known, keepId } from "./keep-id";
import { takeNote } from "./named";
import { attempt, deadlineOf, type Operation } from "./operation";
import { startsWith, steps } from "./path";
import { phaseOf, restingPhases, wantedPhase } from "./phase";
import { find } from "./remote";
import { type Aim, settle } from "./settle";
import type { State } from "./state";
import { write } from "./write";

/**
 * Brings an object from its stored state to new inputs. Repeatable: with equal inputs it goes on where an earlier
 * attempt ended, and makes no call where nothing is left to do.
 */
export async function update(
  definition: Definition,
  operation: Operation,
  id: string,
  state: State,
  news: JsonObject,
  during: "create" | "update" = "update",
): Promise<State> {
  const units = changedUnits(definition, state.inputs, news);
  if (units.length === 0 && !isUnsettled(definition, state, news)) return { ...state, inputs: news };
  const deadline = deadlineOf(definition, operation, during);
  takeNote(definition, id, news);
  const finding = findStored(definition, operation, id, state);
  const remote = await attempt(operation, `could not read ${definition.kind} ${id}`, finding);
  if (!remote)
    throw new Error(
      `could not update ${definition.kind} ${id}: it is gone; pulumi refresh takes note of that, and the next pulumi up creates it again`,
    );
  const known: Known = { inputs: state.inputs, remote, seen: state.seen };
  return keepId(definition, operation, id, known, async () => {
    const target = targetOf(definition, state, news, remote);
    await makeChangeable(definition, operation, { id, units, news, target, known, deadline });
    await write(definition, operation, id, units, { olds: state.inputs, news, remote });
    const isStated = wantedPhase(definition, news) !== undefined;
    const hostRests = state.seen.hostRests === true && (await restingHost(definition, operation, remote)) !== undefined;
    const mustReach = !state.seen.ready || known.seen.wasIn !== undefined || (isStated && !hostRests);
    const aim = { id, inputs: news, remote: known.remote, phase: mustReach ? target : undefined, deadline };
    const settled = await arrive(definition, operation, aim);
    const { wasIn: _left, hostRests: _rested, ...seen } = known.seen;
    return {
      inputs: news,
      remote: settled ?? remote,
      seen: { ...seen, ready: true, ...(hostRests && { hostRests }) },
    };
  });
}

/** The stated phase, else the one left for a change, else where it is or was asked to be, else the first one. */
function targetOf(definition: Definition, { seen }: State, news: JsonObject, remote: JsonObject): string | undefined {
  const phases = restingPhases(definition);
  const unit = factsOf(definition).units.find(({ name }) => name === definition.phase?.desired);
  const asked = unit?.remote && at(remote, unit.remote);
  const candidates = seen.ready ? [seen.wasIn, phaseOf(definition, remote), asked] : [];
  return (
    wantedPhase(definition, news) ??
    (candidates.find((phase) => phases.includes(String(phase))) as string | undefined) ??
    phases[0]
  );
}

interface Change {
  readonly id: string;
  readonly units: readonly Unit[];
  readonly news: JsonObject;
  readonly target: string | undefined;
  readonly known: Known;
  readonly deadline: number;
}

/** Brings the object to the phase in which the API lets these units change, and takes note of where it was. */
async function makeChangeable(definition: Definition, operation: Operation, change: Change): Promise<void> {
  const { id, units, news, target, known, deadline } = change;
  const { onlyIn, desired } = definition.phase ?? {};
  const phase = phaseOf(definition, known.remote);
  const isBound = (unit: Unit): boolean =>
    unit.name !== desired && startsWith(unit.path, steps(onlyIn?.inputs ?? unit.name));
  if (!onlyIn || !units.some(isBound)) return;
  const [resting] = onlyIn.phases;
  if (phase !== resting && target !== undefined) known.seen = { ...known.seen, wasIn: target };
  if (!onlyIn.phases.includes(phase ?? ""))
    known.remote = await settle(definition, operation, {
      id,
      inputs: news,
      remote: known.remote,
      phase: resting,
      deadline,
    });
}

async function arrive(definition: Definition, operation: Operation, aim: Aim): Promise<JsonObject | undefined> {
  if (restingPhases(definition).length > 0) return settle(definition, operation, aim);
  const { id, inputs } = aim;
  return attempt(operation, `could not read ${definition.kind} ${id}`, find(definition, operation, id, inputs));
}
