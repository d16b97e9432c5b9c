import { redact } from "./client/redact";
import type { Definition } from "./definition";
import { idField } from "./facts";
import type { JsonObject } from "./json";
import { attempt, type Operation } from "./operation";
import { failureOf, hasFailed, meaningOf, phaseOf, rests, versionOf } from "./phase";
import { find } from "./remote";
import { until } from "./wait";

/** Where an object shall go, and how it comes to that. */
export interface Aim {
  readonly id: string;
  readonly inputs: JsonObject;
  /** The phase to reach; without one, any phase that the object rests in will do. */
  readonly phase?: string | undefined;
  /** The object as it was when a call that has just been made set it in motion. */
  readonly moving?: JsonObject | undefined;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
}

/** Thrown when an object does not get to the phase that it shall be in. */
export class SettleError extends Error {}

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
  const journey: Journey = { stages: [], since: clock.now(), ...(aim.moving && begun(definition, aim.moving)) };
  const arrived = await until({
    look: () =>
      attempt(
        operation,
        `could not read ${definition.kind} ${aim.id}`,
        find(definition, operation, aim.id, aim.inputs),
      ),
    isReached: (remote) => {
      record(definition, operation, aim, journey, remote);
      if (!remote)
        throw new SettleError(`${definition.kind} ${aim.id} disappeared while it was waited for.${told(journey)}`);
      return isReached(definition, operation, aim, journey, remote);
    },
    late: () => late(definition, operation, aim, journey),
    deadline: aim.deadline,
    clock,
    signal,
  });
  return arrived!;
}

/** What has been seen on the way. */
interface Journey {
  readonly since: number;
  readonly stages: { readonly phase: string; readonly at: number }[];
  /** The version at the last request; missing before any. */
  asked?: bigint | undefined;
  /** Whether the request was a call that asks for the phase alone. */
  explicit?: boolean;
  /** Whether the object has left its rest since. */
  left?: boolean;
}

/** A call such as create sets an object in motion by itself where the answer shows it on its way. */
function begun(definition: Definition, remote: JsonObject): Partial<Journey> {
  if (rests(definition, phaseOf(definition, remote))) return {};
  return { asked: versionOf(definition, remote) ?? 0n, left: true };
}

async function isReached(
  definition: Definition,
  operation: Operation,
  aim: Aim,
  journey: Journey,
  remote: JsonObject,
): Promise<boolean> {
  const meaning = meaningOf(definition, phaseOf(definition, remote), aim.phase);
  if (meaning === "reached") return true;
  if (meaning === "pending") {
    if (journey.asked !== undefined) journey.left = true;
    return false;
  }
  if (hasFailedSince(definition, journey, remote)) throw failure(definition, operation, aim, journey, remote);
  if (journey.asked === undefined || (!journey.explicit && journey.left))
    await ask(definition, operation, aim, journey, remote);
  return false;
}

function hasFailedSince(definition: Definition, journey: Journey, remote: JsonObject): boolean {
  if (journey.asked === undefined) return false;
  if (journey.explicit && journey.left) return true;
  const isNewer = journey.left || (versionOf(definition, remote) ?? 0n) > journey.asked;
  return isNewer && (hasFailed(definition, remote) || failureOf(definition, remote) !== undefined);
}

async function ask(
  definition: Definition,
  operation: Operation,
  aim: Aim,
  journey: Journey,
  remote: JsonObject,
): Promise<void> {
  const method = aim.phase === undefined ? undefined : definition.phase?.reach?.[aim.phase];
  if (method === undefined || method === "by itself") throw failure(definition, operation, aim, journey, remote);
  journey.asked = versionOf(definition, remote) ?? 0n;
  journey.explicit = true;
  journey.left = false;
  const attempted = `could not bring ${definition.kind} ${aim.id} to ${aim.phase}`;
  const request = { [idField(definition, method)]: aim.id };
  await attempt(operation, attempted, operation.client.call(method, request, { signal: operation.signal }));
}

function record(
  definition: Definition,
  operation: Operation,
  aim: Aim,
  journey: Journey,
  remote: JsonObject | undefined,
): void {
  const phase = remote ? (phaseOf(definition, remote) ?? "an unknown phase") : "gone";
  if (journey.stages.at(-1)?.phase === phase) return;
  journey.stages.push({ phase, at: operation.clock.now() - journey.since });
  operation.tell(aim.phase === undefined ? phase : `${phase}, waiting for ${aim.phase}`);
}

function failure(
  definition: Definition,
  { secrets }: Operation,
  aim: Aim,
  journey: Journey,
  remote: JsonObject,
): SettleError {
  const reason = redact(failureOf(definition, remote) ?? "", secrets) || "the server gives no reason";
  const advice = "It is kept; correct the cause and run pulumi up again.";
  return new SettleError(
    `${definition.kind} ${aim.id} did not reach ${aim.phase}, it is ${phaseOf(definition, remote)}: ${reason}.${told(journey)} ${advice}`,
  );
}

function late(definition: Definition, { clock }: Operation, aim: Aim, journey: Journey): SettleError {
  const waited = Math.round((clock.now() - journey.since) / 1000);
  const advice =
    "It is kept; the next pulumi up goes on waiting. The resource option customTimeouts gives it more time.";
  return new SettleError(
    `${definition.kind} ${aim.id} did not reach ${aim.phase ?? "a phase to rest in"} within ${waited} s.${told(journey)} ${advice}`,
  );
}

/** The phases so far, with the seconds after which each began. */
function told({ stages }: Journey): string {
  const phases = stages.map(({ phase, at }) => `${phase} after ${Math.round(at / 1000)} s`);
  return phases.length === 0 ? "" : ` Phases: ${phases.join(", ")}.`;
}
