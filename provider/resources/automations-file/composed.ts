import { EnvironmentAutomationService } from "../../../proto/gen/gitpod/v1/environment_automation_pb";
import { day, ours } from "../../lifecycle/recover/looks";
import { deleteFirst, describe, Refusal, told } from "../../lifecycle/recover/refusal";
import { remove as removeOne } from "../../lifecycle/remove";
import { inputsOf } from "../../mapping/live-inputs";
import { type Definition, type LifeCalls, timeoutsOf } from "../../model/definition";
import { attempt, type Deadline, deadlineOf, explained, type Operation } from "../../model/operation";
import { takeOver } from "../../model/run-memory";
import type { Clue, Known, Made, State, Written } from "../../model/state";
import { lags } from "../../reading/confirm-gone";
import { find as findOne } from "../../reading/find";
import { at, equal, type JsonObject } from "../../value/json";
import { environment } from "../environment";
import {
  chosen,
  type Group,
  groups,
  type Ids,
  idsIn,
  isNamed,
  kinds,
  type Members,
  membersOf,
  objectOf,
  referenceOf,
  without,
  withoutUnstated,
} from "./members";

/**
 * An automations file is what it has created: the services and tasks whose ids its outputs tell. Its id is that of the
 * environment. The API creates and changes them with one call, which asks nobody whom a reference belongs to, and it
 * removes nothing.
 */
export const composed: LifeCalls = {
  make,
  membersOf: (_id, object) => allIds(object),
  withoutUnstated,
  // A write reads the object itself.
  mustRead: () => false,
  write,
  remove,
};

async function make(file: Definition, operation: Operation, inputs: JsonObject): Promise<Made> {
  const id = String(inputs.environmentId);
  const attempted = `could not create ${file.kind}`;
  const ways = [`Take them over with the input adopt: "${id}", choose other references, or delete them`, deleteFirst];
  const left = await claimed(operation, attempted, claim(file, operation, inputs, new Set(), ways));
  if (left) return { id, remote: left.object, isEarlier: true, takenOver: left.takenOver };
  // A cancellation may come when the file is there already, so that it ends the wait for it only.
  operation.signal?.throwIfAborted();
  try {
    await upsert({ ...operation, signal: undefined }, inputs);
  } catch (error) {
    const there = await look(operation, inputs, new Set()).catch(() => undefined);
    if (!there || isEmpty(there)) throw explained(operation, attempted, error);
    return { id, remote: noted(operation, there), isEarlier: true };
  }
  // Which ids they have is read next; until then they are known by their references.
  return { id, remote: { id, environmentId: id }, isEarlier: false, isPartial: true };
}

/** Finds by the ids that the object is known to have, else by the references that inputs name, else everything. */
export async function find(
  operation: Operation,
  id: string,
  { inputs, remote }: Clue,
): Promise<JsonObject | undefined> {
  const ids = idsIn(remote);
  const object =
    ids || !inputs ? await lookUp(operation, id, ids) : await lookFor(operation, { ...inputs, environmentId: id });
  if (isEmpty(object) && !(await findOne(environment, operation, id))) return undefined;
  return noted(operation, object);
}

async function write(
  file: Definition,
  operation: Operation,
  id: string,
  inputs: JsonObject,
  known: Known,
): Promise<Written> {
  const attempted = `could not update ${file.kind} ${id}`;
  const deadline = deadlineOf(operation, timeoutsOf(file).update);
  const { seen } = known;
  const before = idsIn(known.remote) ? known.remote : await lookFor(operation, known.inputs);
  const owned = new Set(allIds(before));
  const ways = ["Choose other references, or delete them"];
  const left = await claimed(operation, attempted, claim(file, operation, inputs, owned, ways));
  if (left) known.seen = { ...known.seen, takenOver: left.takenOver };
  try {
    await attempt(operation, attempted, upsert(operation, inputs));
  } catch (error) {
    known.remote = await look(operation, inputs, owned).catch(() => before);
    throw error;
  }
  known.remote = noted(operation, await attempt(operation, attempted, lookFor(operation, inputs, owned)));
  const isDropped = (group: Group, reference: string): boolean =>
    at(inputs, ["automations", group, reference]) === undefined;
  await drop(operation, known, idsOf(before, isDropped), { deadline, seen });
  return { calls: 1, remote: known.remote };
}

async function remove(file: Definition, operation: Operation, id: string, state: State): Promise<void> {
  const { inputs, outputs, seen } = state;
  const deadline = deadlineOf(operation, timeoutsOf(file).delete);
  const remote = idsIn(outputs) ? outputs : await find(operation, id, { inputs });
  if (remote) await drop(operation, { inputs, remote, seen, told: {} }, idsOf(remote), { deadline, seen });
}

/**
 * Makes sure that every reference of the file is free or the object's own, and returns what an interrupted run has left
 * of it. What somebody else has made is not taken, nor is what was ours and has been changed since.
 */
async function claim(
  file: Definition,
  operation: Operation,
  inputs: JsonObject,
  owned: ReadonlySet<string>,
  ways: readonly string[],
): Promise<{ readonly object: JsonObject; readonly takenOver: string } | undefined> {
  const id = String(inputs.environmentId);
  const all = await membersOf(operation, id);
  const strangers = chosen(all, (group, member) => isNamed(inputs, group, member) && !owned.has(String(member.id)));
  const object = objectOf(id, strangers, all);
  if (isEmpty(object)) return undefined;
  const shown = inputsOf(file, object, inputs);
  const young = await ours(
    operation,
    groups.flatMap((group) => strangers[group]),
    operation.clock.now() - day,
  );
  const isLeft = (group: Group, member: JsonObject): boolean => {
    const place = ["automations", group, referenceOf(member)];
    return young.includes(member) && equal(at(shown, place), at(inputs, place));
  };
  const taken = groups.flatMap((group) =>
    strangers[group]
      .filter((member) => !isLeft(group, member))
      .map((member) => `${kinds[group].kind} ${referenceOf(member)}: ${describe(member)}`),
  );
  if (taken.length === 0) return { object, takenOver: takeOver(operation, kinds.services, allIds(object), {}) };
  throw new Refusal(
    `environment ${id} already has ${taken.length === 1 ? "this" : "these"}, created by somebody else or another resource, or with other content: ${taken.slice(0, 10).join("; ")}`,
    ways,
  );
}

/** Puts the failure of a claim into words. */
const claimed = <T>(operation: Operation, attempted: string, claiming: Promise<T>): Promise<T> =>
  claiming.catch((error) => {
    throw told(operation, attempted, error);
  });

/** May be called again when its answer is lost, since the same file leads to the same. */
const upsert = ({ client, signal }: Operation, { environmentId, automations }: JsonObject) =>
  client.call(
    EnvironmentAutomationService.method.upsertAutomationsFile,
    { environmentId: environmentId!, automationsFile: automations ?? {} },
    { signal, repeatable: true },
  );

/** Returns the object that a file has become: what was its own, and all that it names. */
async function look(operation: Operation, inputs: JsonObject, owned: ReadonlySet<string>): Promise<JsonObject> {
  const id = String(inputs.environmentId);
  const all = await membersOf(operation, id);
  const members = chosen(all, (group, member) => owned.has(String(member.id)) || isNamed(inputs, group, member));
  return objectOf(id, members, all);
}

/** The same, once a list shows everything that the file names, since reads may lag behind the write. */
async function lookFor(
  operation: Operation,
  inputs: JsonObject,
  owned: ReadonlySet<string> = new Set(),
): Promise<JsonObject> {
  for (const pause of lags) {
    const object = await look(operation, inputs, owned);
    const isComplete = groups.every((group) =>
      Object.keys(at(inputs, ["automations", group]) ?? {}).every((reference) => at(object, [group, reference])),
    );
    if (isComplete) return object;
    await operation.clock.sleep(pause, operation.signal);
  }
  return look(operation, inputs, owned);
}

/** Returns the object that consists of these ids, or of everything in the environment. */
async function lookUp(operation: Operation, id: string, ids: Ids | undefined): Promise<JsonObject> {
  const all = await membersOf(operation, id);
  if (!ids) return objectOf(id, all, all);
  const listed = chosen(all, (group, member) => Object.values(ids[group]).includes(member.id!));
  return objectOf(id, await withUnlisted(operation, listed, ids), all);
}

/** Adds what a list does not show, since only a read of its own tells that it is gone. */
async function withUnlisted(operation: Operation, listed: Members, ids: Ids): Promise<Members> {
  const unlisted = async (group: Group): Promise<JsonObject[]> => {
    const missing = Object.values(ids[group]).filter((id) => !listed[group].some((member) => member.id === id));
    const found = await Promise.all(missing.map((id) => findOne(kinds[group], operation, String(id))));
    return found.filter((member) => member !== undefined);
  };
  return {
    tasks: [...listed.tasks, ...(await unlisted("tasks"))],
    services: [...listed.services, ...(await unlisted("services"))],
  };
}

/** Deletes members of an entry of the state; what is left of the object is known at any time. */
async function drop(
  operation: Operation,
  known: Known,
  dropped: Ids,
  { deadline, seen }: { readonly deadline: Deadline; readonly seen: Known["seen"] },
): Promise<void> {
  const { remote } = known;
  for (const group of groups) {
    const ends = await Promise.allSettled(
      Object.entries(dropped[group]).map(async ([reference, id]) => {
        const outputs = { environmentId: remote.environmentId! };
        await removeOne(kinds[group], { ...operation, deadline }, String(id), { inputs: {}, outputs, seen });
        known.remote = without(known.remote, group, reference);
      }),
    );
    const failed = ends.find((end) => end.status === "rejected");
    if (failed) throw failed.reason;
  }
}

/** Returns the ids that belong to an object, or some of them. */
function idsOf(object: JsonObject, isMeant: (group: Group, reference: string) => boolean = () => true): Ids {
  const of = (group: Group): JsonObject =>
    Object.fromEntries(Object.entries(idsIn(object)?.[group] ?? {}).filter(([reference]) => isMeant(group, reference)));
  return { tasks: of("tasks"), services: of("services") };
}

function allIds(object: JsonObject): string[] {
  return groups.flatMap((group) => Object.values(idsOf(object)[group])).map(String);
}

const isEmpty = (object: JsonObject): boolean => allIds(object).length === 0;

/** Takes note of what belongs to an object, so that no other resource takes it for something that was left. */
function noted({ memory }: Operation, object: JsonObject): JsonObject {
  for (const id of allIds(object)) memory.named.add(id);
  return object;
}
