import { redact } from "../client/error/redact";
import type { Definition } from "../model/definition";
import type { Deadline, Operation } from "../model/operation";
import { failureOf, phaseOf, reasonsOf, reported, shortfallOf, shortPhase } from "../model/phase";
import type { JsonObject } from "../value/json";
import { plainLine } from "../value/plain-line";
import { logTail } from "./log-tail";
import type { Progress } from "./progress";
import { partsOf, warningsOf } from "./status-part";

/** Thrown when an object does not reach its phase: says what is known about it, in several lines. */
export class WaitError extends Error {}

/** The object that was waited for, and its phase. */
interface Subject {
  readonly id: string;
  readonly phase?: string | undefined;
  readonly deadline: Deadline;
}

/** Reports an object that has failed on its way: the server's reason, its parts, its phases so far, and its log. */
export async function failureReport(
  definition: Definition,
  operation: Operation,
  subject: Subject,
  progress: Progress,
  remote: JsonObject,
): Promise<WaitError> {
  const reason = failureOf(definition, remote) ?? reasonsOf(definition, remote) ?? "the server gives no reason";
  const shortfall = shortfallOf(definition, remote);
  const where = [phaseIn(definition, remote), shortfall].filter((part) => part !== undefined).join(" with ");
  const failing = phaseOf(definition, remote) === subject.phase ? "is" : `${missed(subject)}, it is`;
  return report(operation, [
    `${named(definition, subject)} ${failing} ${where}: ${reason}`,
    ...(await particulars(definition, operation, subject, progress, remote)),
    definition.phase?.afterFailure === "replace"
      ? "Correct the cause and run pulumi up again, which replaces it."
      : "It is kept; correct the cause and run pulumi up again, which goes on from here.",
  ]);
}

/** Reports an object that did not reach its phase in time, as it was last seen. */
export async function lateReport(
  definition: Definition,
  operation: Operation,
  subject: Subject,
  progress: Progress,
  remote: JsonObject | undefined,
): Promise<WaitError> {
  const where =
    remote &&
    [phaseIn(definition, remote), reported(definition, remote, "phaseReason") ?? reasonsOf(definition, remote)]
      .filter(Boolean)
      .join(": ");
  return report(operation, [
    `${named(definition, subject)} ${missed(subject)} within ${subject.deadline.seconds} s${where ? `, it is ${where}` : ""}`,
    ...(remote ? await particulars(definition, operation, subject, progress, remote) : phases(progress)),
    `It is kept; the next pulumi up goes on waiting. ${moreTime}`,
  ]);
}

/** Reports an object that disappeared during the wait. */
export const vanishedReport = (definition: Definition, subject: Subject, progress: Progress): WaitError =>
  new WaitError(
    [
      `${named(definition, subject)} disappeared while pulumi was waiting for it`,
      ...phases(progress),
      "Somebody else has deleted it. Run pulumi up --refresh, which creates it again.",
    ].join("\n  "),
  );

/** Reports an object that was not deleted in time. */
export const lingeringReport = (definition: Definition, subject: Subject, progress: Progress): WaitError =>
  new WaitError(
    [
      `${named(definition, subject)} is not gone after ${subject.deadline.seconds} s`,
      ...phases(progress),
      `It stays in the stack. Run the command again, which goes on waiting. ${moreTime}`,
    ].join("\n  "),
  );

const moreTime =
  'The resource option customTimeouts gives it more time: { customTimeouts: { create: "60m", update: "60m", delete: "60m" } }.';

/** What the report says beside the phase: failed parts, warnings, the phases so far, and the end of the log. */
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

/** The server's words may hold secrets, have many lines and be long; secrets go first, since a cut could hide one. */
const report = ({ secrets }: Operation, lines: readonly string[]): WaitError =>
  new WaitError(lines.map((line) => margin(line) + plainLine(redact(line, secrets))).join("\n  "));

const margin = (line: string): string => (line.startsWith("  ") ? "  " : "");

const named = ({ kind }: Definition, { id }: Subject): string => `${kind} ${id}`;

const missed = ({ phase }: Subject): string =>
  phase === undefined ? "did not come to rest" : `did not reach ${shortPhase(phase)}`;

const phaseIn = (definition: Definition, remote: JsonObject): string =>
  shortPhase(phaseOf(definition, remote) ?? "in an unknown phase");
