import { redact } from "./client/redact";
import type { Definition } from "./definition";
import type { Journey } from "./journey";
import type { JsonObject } from "./json";
import { logTail } from "./log-tail";
import type { Operation } from "./operation";
import { partsOf, warningsOf } from "./part";
import { failureOf, phaseOf, shortPhase } from "./phase";

/** Thrown when an object does not get to where it shall be: what is known about it, over several lines. */
export class SettleError extends Error {}

/** What an object was waited for. */
interface Subject {
  readonly id: string;
  readonly phase?: string | undefined;
}

/** Reports an object that has failed on its way: the server's words, its parts, the phases so far, and its log. */
export async function failureReport(
  definition: Definition,
  operation: Operation,
  subject: Subject,
  journey: Journey,
  remote: JsonObject,
): Promise<SettleError> {
  const log = await logTail(definition, operation, subject.id, remote);
  const reason = failureOf(definition, remote) ?? "the server gives no reason";
  const failed = partsOf(definition, remote).filter(
    ({ phase, failure }) => failure !== undefined || phase === "FAILED",
  );
  const lines = [
    `${named(definition, subject)} did not reach ${goal(subject)}, it is ${shortPhase(phaseOf(definition, remote) ?? "in an unknown phase")}: ${reason}`,
    ...failed.map(
      ({ name, phase, failure }) => `${[name, phase].filter(Boolean).join(" ")}: ${failure ?? "no reason given"}`,
    ),
    ...warningsOf(definition, remote).map((warning) => `warning: ${warning}`),
    `phases: ${journey.phases()}`,
    ...(log ? ["the end of its log:", ...log.map((line) => `  ${line}`)] : []),
    definition.phase?.afterFailure === "replace"
      ? "Correct the cause and run pulumi up again, which replaces it."
      : "It is kept; correct the cause and run pulumi up again, which goes on from here.",
  ];
  return new SettleError(redact(lines.join("\n  "), operation.secrets));
}

/** Reports an object that was not there in time. */
export const lateReport = (definition: Definition, subject: Subject, journey: Journey): SettleError =>
  new SettleError(
    [
      `${named(definition, subject)} did not reach ${goal(subject)} within ${journey.seconds()} s`,
      `phases: ${journey.phases()}`,
      "It is kept; the next pulumi up goes on waiting. The resource option customTimeouts gives it more time.",
    ].join("\n  "),
  );

/** Reports an object that was gone while it was waited for. */
export const vanishedReport = (definition: Definition, subject: Subject, journey: Journey): SettleError =>
  new SettleError(
    [
      `${named(definition, subject)} disappeared while it was waited for`,
      `phases: ${journey.phases()}`,
      "Somebody else has deleted it: pulumi up --refresh takes note of that and creates it again.",
    ].join("\n  "),
  );

/** Reports an object that was still there although it should have been gone in time. */
export const lingeringReport = (definition: Definition, subject: Subject, journey: Journey): SettleError =>
  new SettleError(
    [
      `${named(definition, subject)} is not gone after ${journey.seconds()} s`,
      `phases: ${journey.phases()}`,
      "It stays in the stack; the next run goes on. The resource option customTimeouts gives it more time.",
    ].join("\n  "),
  );

const named = ({ kind }: Definition, { id }: Subject): string => `${kind} ${id}`;

const goal = ({ phase }: Subject): string => (phase === undefined ? "a phase to rest in" : shortPhase(phase));
