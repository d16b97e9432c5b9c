import { redact } from "../client/error/redact";
import type { Definition } from "../model/definition";
import type { Deadline, Operation } from "../model/operation";
import { failureOf, phaseOf, shortPhase } from "../model/phase";
import type { JsonObject } from "../value/json";
import { plainLine } from "../value/plain-line";
import { logTail } from "./log-tail";
import type { Progress } from "./progress";
import { partsOf, warningsOf } from "./status-part";

/** Thrown when an object does not get to where it shall be: what is known about it, over several lines. */
export class WaitError extends Error {}

/** What an object was waited for. */
interface Subject {
  readonly id: string;
  readonly phase?: string | undefined;
  readonly deadline: Deadline;
}

/** Reports an object that has failed on its way: the server's words, its parts, the phases so far, and its log. */
export async function failureReport(
  definition: Definition,
  operation: Operation,
  subject: Subject,
  progress: Progress,
  remote: JsonObject,
): Promise<WaitError> {
  const reason = failureOf(definition, remote) ?? "the server gives no reason";
  return report(operation, [
    `${named(definition, subject)} did not reach ${goal(subject)}, it is ${phaseIn(definition, remote)}: ${reason}`,
    ...(await particulars(definition, operation, subject, progress, remote)),
    definition.phase?.afterFailure === "replace"
      ? "Correct the cause and run pulumi up again, which replaces it."
      : "It is kept; correct the cause and run pulumi up again, which goes on from here.",
  ]);
}

/** Reports an object that was not there in time, as it was seen last. */
export async function lateReport(
  definition: Definition,
  operation: Operation,
  subject: Subject,
  progress: Progress,
  remote: JsonObject | undefined,
): Promise<WaitError> {
  return report(operation, [
    `${named(definition, subject)} did not reach ${goal(subject)} within ${subject.deadline.seconds} s${remote ? `, it is ${phaseIn(definition, remote)}` : ""}`,
    ...(remote ? await particulars(definition, operation, subject, progress, remote) : phases(progress)),
    `It is kept; the next pulumi up goes on waiting. ${moreTime}`,
  ]);
}

/** Reports an object that was gone while it was waited for. */
export const vanishedReport = (definition: Definition, subject: Subject, progress: Progress): WaitError =>
  new WaitError(
    [
      `${named(definition, subject)} disappeared while it was waited for`,
      ...phases(progress),
      "Somebody else has deleted it: pulumi up --refresh takes note of that and creates it again.",
    ].join("\n  "),
  );

/** Reports an object that was still there although it should have been gone in time. */
export const lingeringReport = (definition: Definition, subject: Subject, progress: Progress): WaitError =>
  new WaitError(
    [
      `${named(definition, subject)} is not gone after ${subject.deadline.seconds} s`,
      ...phases(progress),
      `It stays in the stack; the next run goes on. ${moreTime}`,
    ].join("\n  "),
  );

const moreTime =
  'The resource option customTimeouts gives it more time: { customTimeouts: { create: "60m", update: "60m", delete: "60m" } }.';

/** What is told beside the phase: parts that have failed, warnings, the way to here, and what the object itself wrote. */
async function particulars(
  definition: Definition,
  operation: Operation,
  { id }: Subject,
  progress: Progress,
  remote: JsonObject,
): Promise<string[]> {
  const log = await logTail(definition, operation, id, remote);
  const failed = partsOf(definition, remote).filter(({ hasFailed }) => hasFailed);
  return [
    ...failed.map(
      ({ name, phase, failure }) => `${[name, phase].filter(Boolean).join(" ")}: ${failure ?? "no reason given"}`,
    ),
    ...warningsOf(definition, remote).map((warning) => `warning: ${warning}`),
    ...phases(progress),
    ...(log ? ["the end of its log:", ...log.map((line) => `  ${line}`)] : []),
  ];
}

const phases = (progress: Progress): string[] => {
  const passed = progress.phases();
  return passed === "" ? [] : [`phases: ${passed}`];
};

/** What the server says may hold secrets, have many lines and be long; what is cut is cleared of secrets before. */
const report = ({ secrets }: Operation, lines: readonly string[]): WaitError =>
  new WaitError(lines.map((line) => margin(line) + plainLine(redact(line, secrets))).join("\n  "));

const margin = (line: string): string => (line.startsWith("  ") ? "  " : "");

const named = ({ kind }: Definition, { id }: Subject): string => `${kind} ${id}`;

const goal = ({ phase }: Subject): string => (phase === undefined ? "a phase to rest in" : shortPhase(phase));

const phaseIn = (definition: Definition, remote: JsonObject): string =>
  shortPhase(phaseOf(definition, remote) ?? "in an unknown phase");
