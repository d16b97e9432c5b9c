import { Code, ConnectError } from "@connectrpc/connect";
import type { Definition } from "../model/definition";
import { attempt, type Deadline, type Operation } from "../model/operation";
import {
  environmentOf,
  failureOf,
  hasFailed,
  isPassing,
  isUnconfirmed,
  meaningOf,
  phaseOf,
  restingPhases,
  rests,
  versionOf,
} from "../model/phase";
import { idField } from "../model/shape";
import { find } from "../reading/find";
import { restingHost } from "../reading/stopped-environment";
import { at, type JsonObject } from "../value/json";
import { steps } from "../value/path";
import { hintsOf, type Listening } from "./events";
import { createJourney } from "./progress";
import { until } from "./wait";
import { failureReport, lateReport, vanishedReport } from "./wait-error";

/** Where an object shall go, and how it comes to that. */
export interface Aim {
  readonly id: string;
  readonly inputs: JsonObject;
  /** The object as it was last seen. */
  readonly remote: JsonObject;
  /** The phase to reach; without one, any phase that the object rests in will do. */
  readonly phase?: string | undefined;
  /** Whether the object was last seen in the answer to a call that sets it in motion, such as create. */
  readonly hasBegun?: boolean;
  /** Whether the object was read just now, so that it need not be read again to see what to ask for. */
  readonly isFresh?: boolean;
  /** Whether an interrupted run may have asked for another phase, so that the object may only pass this one. */
  readonly mayPass?: boolean;
  /** Whether its settings were changed just before, which it may leave its phase for. */
  readonly isChanged?: boolean;
  readonly deadline: Deadline;
}

/**
 * Brings an object to a phase and returns it as it is then.
 *
 * A resting phase alone never tells whether a request has taken effect, because a failure faster than the first read
 * looks like no effect at all. After a request, failed means: a failed phase or failure message that is newer than the
 * request, or the object left its rest and came back to another one. Every phase that the definition does not name, and
 * every one that this version does not know, is on its way.
 */
export async function settle(definition: Definition, operation: Operation, aim: Aim): Promise<JsonObject> {
  const { clock, signal } = operation;
  const journey = createJourney(definition, operation, aim.deadline);
  const request = aim.hasBegun ? begun(definition, aim.remote) : {};
  const lateFrom = clock.now() + lag;
  let turn = 0;
  let wasSeen = aim.isFresh === true;
  const next = async (remote: JsonObject): Promise<Next> => {
    const judged = judge(definition, aim.phase, request, remote);
    const mayPass = aim.mayPass && request.asked === undefined;
    const isLeaving = judged === "arrived" && mayPass && isPassing(definition, aim.phase, remote);
    const isPassed = isLeaving && !(await isHeld(definition, operation, aim.id, remote));
    const isUp = judged === "arrived" && phaseOf(definition, remote) === restingPhases(definition)[0];
    if (isUp && aim.isChanged && isUnconfirmed(definition, remote) && clock.now() < lateFrom) return "wait";
    const decided = !isPassed ? judged : clock.now() < lateFrom ? "wait" : "ask";
    if (decided === "ask") await ask(definition, operation, aim, request, remote);
    // No event need tell of what stays where it is.
    if (isPassed) turn = Math.max(lateFrom, clock.now() + soon);
    return decided;
  };
  if (aim.isFresh) {
    journey.pass(aim.remote);
    if ((await next(aim.remote)) === "arrived") return arrivedAt(operation, aim.id, aim.remote);
  }
  const arrived = await until({
    look: async (reading) => {
      const found = find(definition, { ...operation, signal: reading }, aim.id, aim);
      const remote = await attempt(operation, `could not read ${definition.kind} ${aim.id}`, found);
      wasSeen ||= remote !== undefined;
      if (wasSeen) journey.pass(remote);
      return remote;
    },
    isReached: async (remote) => {
      if (!remote && !wasSeen && aim.hasBegun && clock.now() < lateFrom) return false;
      if (!remote) throw vanishedReport(definition, aim, journey);
      const decided = await next(remote);
      if (decided === "fail") throw await failureReport(definition, operation, aim, journey, remote);
      return decided === "arrived";
    },
    listen: listening(definition, operation, aim.id, aim.remote),
    tick: journey.tick,
    late: (remote) => lateReport(definition, operation, aim, journey, remote),
    deadline: aim.deadline.at,
    turn: () => turn,
    clock,
    signal,
  });
  return arrivedAt(operation, aim.id, arrived!);
}

function arrivedAt({ memory }: Operation, id: string, remote: JsonObject): JsonObject {
  memory.started.add(id);
  return remote;
}

/** Milliseconds in which reads may not know yet what has just been created, or what was asked for just before. */
const lag = 10_000;

/** Milliseconds after which a request that may change nothing has been taken. */
const soon = 1000;

/** Whether an object stays where it is, whatever it was asked, since the environment does not run in which it lives. */
async function isHeld(definition: Definition, operation: Operation, id: string, remote: JsonObject): Promise<boolean> {
  const resting = restingHost(definition, operation, remote);
  return (await attempt(operation, `could not read ${definition.kind} ${id}`, resting)) !== undefined;
}

/** Returns what listens for events about an object; undefined where there are none. */
export function listening(
  definition: Definition,
  { client, clock, voice }: Operation,
  id: string,
  remote: JsonObject,
): ((hear: () => void) => Listening) | undefined {
  const { events } = definition.phase ?? {};
  if (!events) return undefined;
  const topic = { type: events.type, id, environmentId: environmentOf(definition, remote) };
  return (hear) => hintsOf(client, clock).listen(topic, { hear, inform: voice.inform });
}

/** The last request that an object should move. */
interface Request {
  /** Whether it is the creation itself, so that any failure is newer. */
  isFirst?: boolean;
  /** The version of the object when the request was made; missing before any. */
  asked?: bigint;
  /** Whether the request was a call that asks for the phase alone. */
  explicit?: boolean;
  /** Whether the object has left its rest since. */
  left?: boolean;
}

/** A call such as create sets an object in motion by itself where its answer shows that. */
const begun = (definition: Definition, remote: JsonObject): Request =>
  rests(definition, phaseOf(definition, remote))
    ? { isFirst: true }
    : { asked: versionOf(definition, remote) ?? 0n, left: true };

/** What follows from how an object is. */
type Next = "arrived" | "wait" | "ask" | "fail";

function judge(definition: Definition, target: string | undefined, request: Request, remote: JsonObject): Next {
  const meaning = meaningOf(definition, phaseOf(definition, remote), target);
  if (meaning === "reached") return "arrived";
  if (meaning === "pending") {
    if (request.asked !== undefined || request.isFirst) request.left = true;
    return "wait";
  }
  if (hasFailedSince(definition, request, remote)) return "fail";
  if (request.asked !== undefined && (request.explicit || !request.left)) return "wait";
  const method = target === undefined ? undefined : definition.phase?.targets?.[target];
  return method === undefined || method === "by itself" ? "fail" : "ask";
}

function hasFailedSince(definition: Definition, request: Request, remote: JsonObject): boolean {
  const { isFirst, asked, explicit, left } = request;
  if ((explicit || isFirst) && left) return true;
  const isNewer = isFirst || left || (asked !== undefined && (versionOf(definition, remote) ?? 0n) > asked);
  return isNewer && (hasFailed(definition, remote) || failureOf(definition, remote) !== undefined);
}

async function ask(
  definition: Definition,
  operation: Operation,
  { id, phase }: Aim,
  request: Request,
  remote: JsonObject,
): Promise<void> {
  const method = phase === undefined ? undefined : definition.phase?.targets?.[phase];
  if (method === undefined || method === "by itself") return;
  Object.assign(request, { isFirst: false, asked: versionOf(definition, remote) ?? 0n, explicit: true, left: false });
  const { archived } = definition.phase ?? {};
  const isArchived = archived !== undefined && at(remote, steps(archived.at)) !== undefined;
  for (const each of isArchived ? [archived.undo, method] : [method]) {
    const options = { signal: operation.signal, repeatable: true };
    const call = operation.client.call(each, { [idField(definition, each)]: id }, options);
    await attempt(
      operation,
      `could not bring ${definition.kind} ${id} to ${phase}`,
      explainedByHost(definition, operation, remote, call),
    );
  }
}

/** A request that an environment at rest cannot take fails for that reason, whatever the server says. */
async function explainedByHost<T>(
  definition: Definition,
  operation: Operation,
  remote: JsonObject,
  call: Promise<T>,
): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (ConnectError.from(error).code !== Code.FailedPrecondition) throw error;
    const resting = await restingHost(definition, operation, remote).catch(() => undefined);
    if (resting === undefined) throw error;
    throw new ConnectError(`${resting}; start it first`, Code.FailedPrecondition, undefined, undefined, error);
  }
}
