import type { Failure } from "../check/canonical";
import { check } from "../check/check";
import { identity } from "../client/identity";
import { create } from "../lifecycle/create";
import { callsOf } from "../lifecycle/life-calls";
import { read } from "../lifecycle/read";
import { remove } from "../lifecycle/remove";
import { update } from "../lifecycle/update";
import { inputsOf } from "../mapping/live-inputs";
import type { Definition } from "../model/definition";
import { NotReady } from "../model/not-ready";
import { entryOfImport, hold, type RunMemory, takeNote } from "../model/run-memory";
import type { State } from "../model/state";
import { isUnknown, type JsonObject, present } from "../value/json";
import { show } from "../value/path";
import { acknowledgeLater } from "./acknowledgment";
import type { Connection } from "./connection";
import { warnOn } from "./engine";
import { during, type Run } from "./run-operation";
import {
  imported,
  type Properties,
  passedOn,
  placesOf,
  type Stored,
  storedInputs,
  storedOutputs,
} from "./stored-properties";
import { timeoutFailures } from "./timeout";

/**
 * Checks inputs; returns them as they are stored, and everything that is wrong with them, with the path in the reason.
 * What is accepted and should be put right is told on the row of the resource, in a preview too.
 */
export async function checkInputs(
  definition: Definition,
  olds: Properties,
  { visible, passed, urn }: Properties,
  connection: Connection,
): Promise<{ readonly inputs: JsonObject; readonly reasons: string[] }> {
  const { inputs, failures, warnings = [] } = check(definition, visible, olds.visible);
  await warnOn(urn, warnings.map(inWords));
  const refused = await connection.refusal(definition);
  const strange = refused === undefined ? await foreignOrganization(definition, visible, connection) : undefined;
  // What is wrong counts as unknown in the canonical inputs, which Pulumi accepts in a preview only.
  const [given, along] = failures.length > 0 ? [visible, passed] : [inputs, passedOn(definition, passed)];
  return {
    inputs: storedInputs(given, placesOf(definition, passed), along),
    reasons: [
      ...failures.map(inWords),
      ...timeoutFailures(passed),
      ...[refused, strange].filter((reason) => reason !== undefined),
    ],
  };
}

/** Says why an organization that is stated cannot be: a token acts in its own. */
async function foreignOrganization(
  definition: Definition,
  { organizationId: stated }: JsonObject,
  connection: Connection,
): Promise<string | undefined> {
  const client = await connection.client(definition);
  if (!client || typeof stated !== "string" || isUnknown(stated)) return undefined;
  const { organizationId } = await identity(client);
  if (organizationId === undefined || stated === organizationId) return undefined;
  return `organizationId: is ${stated}, but the token acts in ${organizationId}; leave it out, or use a token of that organization`;
}

const inWords = ({ path, reason }: Failure): string => (path.length === 0 ? reason : `${show(path)}: ${reason}`);

/** Takes note of an object that the engine has named, of the entry that holds it, and of its new inputs. */
export function note(
  memory: RunMemory,
  definition: Definition,
  id: string,
  state: State | undefined,
  news: Properties,
): void {
  takeNote(memory, definition, id, news.visible);
  if (!state) return;
  const members = callsOf(definition).membersOf(id, state.outputs);
  hold({ memory, urn: news.urn }, definition, members, { seen: state.seen, inputs: news.visible });
}

/** Creates an object. */
export async function createObject(run: Run, definition: Definition, news: Properties): Promise<Stored> {
  const creating = during(run, definition, "create", [news], async (operation) => {
    const acknowledge = (id: string): void => {
      if (!run.unheard?.aborted) acknowledgeLater(definition, operation.client, id);
    };
    try {
      const created = await create(definition, operation, news.visible);
      acknowledge(created.id);
      return created;
    } catch (error) {
      if (error instanceof NotReady) acknowledge(error.id);
      throw error;
    }
  });
  const { id, state } = await keepingId(run, definition, news, creating);
  return stored(definition, id, state, news.passed);
}

/**
 * Reads an object; undefined where it is gone. Without a stored state all its inputs are read, from that scope, and
 * nobody has stated any of them.
 */
export async function readObject(
  run: Run,
  definition: Definition,
  id: string,
  olds: Properties,
  scope?: JsonObject,
): Promise<Stored | undefined> {
  const found = await during(run, definition, "read", [olds], (operation) =>
    read(definition, operation, id, olds.state, scope),
  );
  if (!found || (olds.state && !olds.isImported)) return found && stored(definition, id, found, olds.passed);
  const all = inputsOf(definition, found.outputs, undefined);
  const inputs = present(Object.fromEntries((definition.within ?? []).map((name) => [name, all[name]])));
  const object = stored(
    definition,
    id,
    { ...found, inputs, seen: { ...found.seen, ...entryOfImport(olds.urn), imported: true } },
    olds.passed,
  );
  return { ...object, inputs: imported(storedInputs(all, placesOf(definition, olds.passed), olds.passed)) };
}

/** Brings an object from what is stored to new inputs. */
export async function updateObject(
  run: Run,
  definition: Definition,
  id: string,
  olds: Properties,
  news: Properties,
): Promise<Stored> {
  const updating = during(run, definition, "update", [news, olds], (operation) =>
    update(definition, operation, id, stateOf(olds), news.visible),
  );
  const after = await keepingId(run, definition, news, updating);
  return stored(definition, id, after, news.passed);
}

/** Deletes an object. */
export const deleteObject = (run: Run, definition: Definition, id: string, olds: Properties): Promise<void> =>
  during(run, definition, "delete", [olds], (operation) => remove(definition, operation, id, stateOf(olds)));

/** Hands the id and the state of an object that is not ready to Pulumi together with the reason, so that both are kept. */
async function keepingId<T>(
  { keptFailure }: Run,
  definition: Definition,
  { passed }: Properties,
  work: Promise<T>,
): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof NotReady)) throw error;
    throw keptFailure(stored(definition, error.id, error.state, passed), error.message);
  }
}

function stored(definition: Definition, id: string, state: State, passed: JsonObject): Stored {
  const places = placesOf(definition, passed);
  return { id, inputs: storedInputs(state.inputs, places, passed), outputs: storedOutputs(state, places, passed) };
}

/** Without a stored state there is nothing but the outputs. */
const stateOf = ({ state, visible }: Properties): State => state ?? { inputs: {}, outputs: visible, seen: {} };
