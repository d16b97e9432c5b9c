import { WorkspacesService } from "../../../../proto/gen/gitpod/experimental/v1/workspaces_pb";
import type { Client } from "../../../client/client";
import { mayHaveActed } from "../../../client/error/connection-loss";
import { afterOthers, hour, skew, whileUnderWay } from "../../../lifecycle/recover/looks";
import { adoptIt, candidates, deleteFirst, makeAnother, Refusal, told } from "../../../lifecycle/recover/refusal";
import type { Definition } from "../../../model/definition";
import type { Operation } from "../../../model/operation";
import type { Made } from "../../../model/state";
import { lags } from "../../../reading/confirm-gone";
import { at, type JsonObject } from "../../../value/json";
import { perOwner } from "../../../value/per-owner";
import { list } from "./listing";
import { startedAt } from "./object";
import { isSameContext } from "./spelling";

/**
 * Creates a workspace. The API takes no mark that would tell what a lost create has made, and leaves the workspace there
 * whatever goes wrong after it was stored, without telling its id: so the lists before and after are compared.
 */
export async function make(definition: Definition, operation: Operation, inputs: JsonObject): Promise<Made> {
  const { client, clock, signal } = operation;
  const attempt: Attempt = { definition, operation, inputs, began: clock.now() };
  const since = new Date(attempt.began).toISOString();
  try {
    const before = await firstLook(client, String(inputs.organizationId));
    if (inputs.adopt !== "") await refuseLeftOver(attempt, before);
    // A cancellation may come when the workspace is there already, so that it ends the wait for it only.
    signal?.throwIfAborted();
    const made = await makeOne(attempt, before);
    if (inputs.adopt !== "") {
      await yieldToLeftOver(attempt, before, made.id);
      warnOfOpened(attempt, before);
    }
    return { ...made, isEarlier: false, since };
  } catch (error) {
    throw told(operation, `could not create ${definition.kind}`, error);
  }
}

/** Names what an interrupted run may have left as well, but somebody has opened since: it may just as well be somebody's. */
function warnOfOpened(attempt: Attempt, before: readonly JsonObject[]): void {
  const opened = likely(attempt, before, attempt.began - hour).filter((object) => at(object, firstUse) !== undefined);
  if (opened.length > 0)
    attempt.operation.voice.warn(
      `there is another ${attempt.definition.kind} of this context, made within the last hour, that somebody has opened: ${candidates(opened)}. If it does not belong to another resource or stack, an interrupted run may have left it: delete it if nobody needs it.`,
    );
}

/** Makes the call, and finds what it has made where it fails. */
async function makeOne(attempt: Attempt, before: readonly JsonObject[]): Promise<Omit<Made, "isEarlier">> {
  const { operation, inputs } = attempt;
  try {
    const created = operation.client.call(WorkspacesService.method.createAndStartWorkspace, requestOf(inputs));
    const id = await whileUnderWay(
      operation,
      created.then(({ workspaceId }) => noted(operation, workspaceId)),
    );
    return { id, remote: { id } };
  } catch (error) {
    // If this look fails too, the error of the create says more.
    const left = await leftAfter(attempt, before, error).catch((second) => {
      if (second instanceof Refusal) throw second;
      return undefined;
    });
    if (!left) throw error;
    const id = noted(operation, String(left.id));
    return { id, remote: left, ...(!mayHaveActed(error) && { failure: error }) };
  }
}

interface Attempt {
  readonly definition: Definition;
  readonly operation: Operation;
  readonly inputs: JsonObject;
  /** Milliseconds since the epoch. */
  readonly began: number;
}

/** The server fails without a start that is stated, and may give an older workspace unless it is told not to. */
const requestOf = ({ contextUrl = "", organizationId = "", startSpec = {} }: JsonObject): JsonObject => ({
  contextUrl,
  organizationId,
  startSpec,
  ignoreRunningWorkspaceOnSameCommit: true,
});

/** Takes note of a workspace that this run has made. */
function noted({ memory }: Operation, id: string): string {
  memory.named.add(id);
  memory.made.add(id);
  return id;
}

/** Lists the workspaces of an organization once for all creates, before the first of them. */
function firstLook(client: Client, organizationId: string): Promise<readonly JsonObject[]> {
  const looks = looksOf(client);
  const look = looks.get(organizationId) ?? list(client, organizationId).then(({ objects }) => objects);
  looks.set(organizationId, look);
  look.catch(() => looks.delete(organizationId));
  return look;
}

const looksOf = perOwner((_: Client) => new Map<string, Promise<readonly JsonObject[]>>());

/** Refuses to make another workspace beside one that an interrupted run may have left. */
async function refuseLeftOver(attempt: Attempt, before: readonly JsonObject[]): Promise<void> {
  if (leftIn(attempt, before).length === 0) return;
  // Until then the engine has named what else the stack has, as far as it comes by it.
  await attempt.operation.clock.sleep(patience, attempt.operation.signal);
  const left = leftIn(attempt, before);
  if (left.length > 0) throw taken(attempt, left);
}

/**
 * Deletes the workspace that this create has just made beside one that an interrupted run may have left, since the list
 * before may have lagged behind: one that shows the new one shows all that are older. If this look fails, it stays.
 */
async function yieldToLeftOver(attempt: Attempt, before: readonly JsonObject[], id: string): Promise<void> {
  const { client } = attempt.operation;
  const later = await laterLook(attempt, id).catch(() => []);
  const left = leftIn(attempt, notIn(before, later));
  if (left.length === 0) return;
  const deleting = client.call(WorkspacesService.method.deleteWorkspace, { workspaceId: id }, { repeatable: true });
  const isDeleted = await deleting.then(
    () => true,
    () => false,
  );
  if (isDeleted) throw taken(attempt, left);
  attempt.operation.voice.warn(
    `this run has created a second Workspace, ${id}, and could not delete it: ${candidates(left)}`,
  );
}

async function laterLook({ operation, inputs }: Attempt, id: string): Promise<readonly JsonObject[]> {
  for (const pause of [0, ...lags]) {
    if (pause > 0) await operation.clock.sleep(pause, operation.signal);
    const { objects } = await list(operation.client, String(inputs.organizationId));
    await afterOthers(operation);
    if (objects.some((object) => object.id === id)) return objects;
  }
  return [];
}

/** Returns what an interrupted run may have left of the same create: nobody has opened it, and it is young. */
const leftIn = (attempt: Attempt, objects: readonly JsonObject[]): JsonObject[] =>
  likely(
    attempt,
    objects.filter((object) => at(object, firstUse) === undefined),
    attempt.began - hour,
  );

const notIn = (before: readonly JsonObject[], objects: readonly JsonObject[]): JsonObject[] =>
  objects.filter(({ id }) => !before.some((object) => object.id === id));

const taken = ({ definition }: Attempt, left: readonly JsonObject[]): Refusal =>
  new Refusal(
    `there is a ${definition.kind} of this context already, made within the last hour, that nobody has opened: ${candidates(left)}`,
    [
      "If it belongs to another resource or stack, or is somebody's, leave it",
      deleteFirst,
      adoptIt(definition, left),
      makeAnother,
    ],
  );

const firstUse = ["status", "instance", "status", "conditions", "firstUserActivity"];

/** Milliseconds. */
const patience = 5000;

/** Returns the workspace that a create has made although it has failed. */
async function leftAfter(
  attempt: Attempt,
  before: readonly JsonObject[],
  error: unknown,
): Promise<JsonObject | undefined> {
  const { definition, operation, inputs, began } = attempt;
  // A refusal comes when everything is stored that ever will be.
  for (const pause of mayHaveActed(error) ? [0, ...lags] : [0]) {
    if (pause > 0) await operation.clock.sleep(pause, operation.signal);
    const { objects } = await list(operation.client, String(inputs.organizationId));
    await afterOthers(operation);
    const left = likely(attempt, notIn(before, objects), began - skew);
    if (left.length > 1)
      throw new Refusal(`it failed, and there are several new ones of this context: ${candidates(left)}`, [
        "Delete what you do not need",
        adoptIt(definition, left, "To go on with one of them"),
      ]);
    if (left[0]) return left[0];
  }
  return undefined;
}

/** Returns the workspaces of the stated context that the engine has not named and that are no older; those never started have no age. */
const likely = (
  { operation: { memory }, inputs }: Attempt,
  objects: readonly JsonObject[],
  since: number,
): JsonObject[] =>
  objects.filter(
    (object) =>
      !memory.named.has(String(object.id)) &&
      isSameContext(String(object.contextUrl), String(inputs.contextUrl)) &&
      (startedAt(object) ?? Number.POSITIVE_INFINITY) > since,
  );
