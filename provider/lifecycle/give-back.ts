import { orAbsent } from "../client/error/absence";
import { updateRequest } from "../mapping/update-request";
import { ownId } from "../model/address";
import type { Definition } from "../model/definition";
import { attempt, type Operation } from "../model/operation";
import { revoking } from "../model/revoked";
import { letGo, takeNote } from "../model/run-memory";
import type { State } from "../model/state";
import { findTogether } from "../reading/batch";
import { confirmNamed, findStored } from "../reading/confirm-gone";
import { namedRequest } from "../reading/named-request";
import { goingBack, unstatedOf } from "./keep-before";
import { spare } from "./remove-object";

/**
 * Gives back what an object had before it was first written, by one update; makes none where it has that already. What
 * other entries of the state manage now stays, and so does what nobody has written.
 */
export async function giveBack(definition: Definition, operation: Operation, id: string, state: State): Promise<void> {
  const others = letGo(operation, definition, id, state);
  const [units, holder] = [unstatedOf(definition, state.seen, others), others.at(-1)];
  const forgotten = Object.keys(state.seen.before ?? {}).filter((name) => !units.some((unit) => unit.name === name));
  if (holder && forgotten.length > 0) operation.voice.warn(takenOver(definition, id, forgotten));
  else if (holder && units.length === 0) spare(definition, operation, id, holder);
  if (units.length === 0) return;
  const attempted = `could not give back what ${definition.kind} ${id} had before`;
  await attempt(operation, attempted, confirmNamed(definition, operation, id, state));
  takeNote(operation.memory, definition, id);
  const remote = await attempt(operation, attempted, findStored(definition, operation, id, state, findTogether));
  if (!remote) return;
  const back = goingBack(definition, operation, id, units, { remote, seen: state.seen });
  const request = updateRequest(
    definition,
    units.filter(({ name }) => name in back),
    { olds: state.inputs, news: {}, remote, back },
  );
  const { client, signal } = operation;
  const { update } = definition;
  if (!request || !update) return;
  const call = namedRequest(definition, operation, update, id, remote[ownId]).then((name) =>
    orAbsent(client.call(update, { ...name, ...request }, { signal, repeatable: true })),
  );
  await attempt(operation, attempted, revoking(operation, definition, id, call));
}

/** Says what is not given back by anybody, since the entry that knows it goes. */
const takenOver = ({ kind }: Definition, id: string, names: readonly string[]): string =>
  `${kind} ${id} is kept: another resource has taken it over, and takes ours for what ${names.join(", ")} had before, so that a destroy will leave it. If the resource was renamed, write the earlier value back, and give the next new name the old one as an alias`;
