import { allAt, at, equal, type Json, type JsonObject, type Path } from "../value/json";
import { pattern, startsWith, steps } from "../value/path";
import type { Definition } from "./definition";
import { fieldAt, zero } from "./descriptor";
import { factsOf } from "./shape";

/** Returns the phase that an object is in. */
export const phaseOf = (definition: Definition, remote: JsonObject): string | undefined =>
  definition.phase && stringAt(remote, definition.phase.at);

/** What an object or a part of one reports beside its phase, by the same names everywhere. */
export type Report = "failureMessage" | "warningMessage" | "phaseReason" | "statusVersion";

/** Returns the dotted path beside the phase at which an object reports something, whether or not its kind has it. */
export const reportPath = ({ phase }: Definition, report: Report): string | undefined =>
  phase && [...phase.at.split(".").slice(0, -1), report].join(".");

/** Returns what an object reports beside its phase. */
export function reported(definition: Definition, remote: JsonObject, report: Report): Json | undefined {
  const path = reportPath(definition, report);
  return path === undefined ? undefined : at(remote, steps(path));
}

/** Returns the outputs that are not stored: those that the definition names, and the version of the status. */
export function volatile(definition: Definition): readonly string[] {
  const counter = reportPath(definition, "statusVersion");
  return [...(definition.volatile ?? []), ...(counter === undefined ? [] : [counter])];
}

/** Returns the phase that the inputs ask for. */
export const wantedPhase = (definition: Definition, inputs: JsonObject): string | undefined =>
  definition.phase?.desired && stringAt(inputs, definition.phase.desired);

/** Returns the phase that the object was asked to reach, by the server's own words. */
export function askedPhase(definition: Definition, remote: JsonObject): string | undefined {
  const unit = factsOf(definition).units.find(({ name }) => name === definition.phase?.desired);
  return unit?.remote && stringAt(remote, pattern(unit.remote));
}

/** Whether an object has reached the target but was asked to leave it, and may be about to. */
export function isPassing(definition: Definition, target: string | undefined, remote: JsonObject): boolean {
  const isAt = (phase: string | undefined) => target !== undefined && meaningOf(definition, phase, target);
  return isAt(phaseOf(definition, remote)) === "reached" && isAt(askedPhase(definition, remote)) === "elsewhere";
}

/** Returns the phases that can be asked for and that an object rests in. */
export const restingPhases = (definition: Definition): string[] => Object.keys(definition.phase?.targets ?? {});

/** Whether objects of a kind are brought to phases, so that they are waited for; a kind may also only show a phase. */
export const hasTargets = (definition: Definition): boolean => restingPhases(definition).length > 0;

/** What a phase means for an object that shall reach a target, or any phase that it rests in. */
export type Meaning = "reached" | "elsewhere" | "failed" | "gone" | "pending";

/** Returns what a phase means. One that the definition does not name is pending, as is one that this version does not know. */
export function meaningOf(definition: Definition, phase: string | undefined, target?: string): Meaning {
  const { satisfiedBy, failed = [], gone = [], targets } = definition.phase ?? {};
  if (phase === undefined) return "pending";
  if (gone.includes(phase)) return "gone";
  if (target !== undefined && (phase === target || satisfiedBy?.[target]?.includes(phase))) return "reached";
  if (failed.includes(phase)) return target === undefined ? "reached" : "failed";
  if (!restingPhases(definition).includes(phase)) return "pending";
  if (target === undefined) return "reached";
  return targets?.[target] === "by itself" ? "pending" : "elsewhere";
}

/** Whether an object is in a phase that it does not leave by itself. */
export const rests = (definition: Definition, phase: string | undefined): boolean =>
  meaningOf(definition, phase) === "reached";

/** Whether an object is on its way to a phase that it rests in. */
export const isMoving = (definition: Definition, remote: JsonObject): boolean =>
  hasTargets(definition) && meaningOf(definition, phaseOf(definition, remote)) === "pending";

/** Whether an object is in a phase that means failure, or has come to its end in spite of one. */
export const hasFailed = (definition: Definition, remote: JsonObject): boolean =>
  (definition.phase?.failed ?? []).includes(phaseOf(definition, remote) ?? "") ||
  shortfallOf(definition, remote) !== undefined;

/** Returns what has failed of an object that has come to its end all the same, such as `failedActionCount 2`. */
export function shortfallOf(definition: Definition, remote: JsonObject): string | undefined {
  const path = definition.phase?.shortfall;
  const count = path && at(remote, steps(path));
  return count === undefined || !hasEnded(definition, remote) ? undefined : `${steps(path!).at(-1)} ${count}`;
}

/** Whether an object has come to its end, although it can still be read. */
export const hasEnded = (definition: Definition, remote: JsonObject): boolean =>
  (definition.phase?.ended ?? []).includes(phaseOf(definition, remote) ?? "");

/** Whether an object can still be read but counts as deleted, at a time in milliseconds since the epoch. */
export const isGone = (definition: Definition, remote: JsonObject, now: number): boolean =>
  meaningOf(definition, phaseOf(definition, remote)) === "gone" || isOver(definition, definition.goneIf, remote, now);

/** Whether an object has one of these values, `"past"` among them for a time that is over. */
export const isOver = (definition: Definition, values: Values | undefined, remote: JsonObject, now: number): boolean =>
  Object.entries(values ?? {}).some(([path, value]) =>
    value === "past" ? isPast(at(remote, steps(path)), now) : says(definition, remote, path, value ?? null),
  );

interface Values {
  readonly [path: string]: Json | undefined;
}

const isPast = (time: Json | undefined, now: number): boolean => typeof time === "string" && Date.parse(time) <= now;

/** Whether an object is as a deletion leaves it that is an update. */
export const isRetired = (definition: Definition, remote: JsonObject): boolean =>
  typeof definition.delete === "object" &&
  "with" in definition.delete &&
  Object.entries(definition.delete.with).every(([path, value]) => says(definition, remote, path, value));

/** Whether an object has values that tell it from others of its kind. */
export const saysAll = (
  definition: Definition,
  remote: JsonObject,
  values: { readonly [path: string]: Json | undefined },
) => Object.entries(values).every(([path, value]) => says(definition, remote, path, value ?? null));

/** Whether an object has a value, or any where that is `"set"`; JSON leaves zeros out. */
function says(definition: Definition, remote: JsonObject, path: string, value: Json): boolean {
  const there = at(remote, steps(path));
  if (value === "set") return there !== undefined;
  const f = fieldAt(factsOf(definition).resource, steps(path));
  return equal(there ?? (f ? zero(f) : null), value);
}

/** Whether an object is being deleted, so that nothing brings it back. */
export const isDoomed = (definition: Definition, remote: JsonObject): boolean =>
  meaningOf(definition, askedPhase(definition, remote)) === "gone";

/** Returns the reasons of a failure in the server's words. */
export function failureOf(definition: Definition, remote: JsonObject): string | undefined {
  const why = reported(definition, remote, "failureMessage");
  return spokenOf(Array.isArray(why) ? why : [why]);
}

/** Returns what an object says of why it is where it is, beside its failures. */
export const reasonsOf = ({ phase }: Definition, remote: JsonObject): string | undefined =>
  spokenOf((phase?.reasons ?? []).flatMap((path) => allAt(remote, steps(path))));

const spokenOf = (words: readonly (Json | undefined)[]): string | undefined =>
  words.filter((word) => typeof word === "string" && word !== "").join("; ") || undefined;

/** Whether what runs an object has not confirmed its latest settings yet; only kinds that say so have any to confirm. */
export function isUnconfirmed(definition: Definition, remote: JsonObject): boolean {
  const { confirmed } = definition.phase ?? {};
  const [known, latest] = confirmed ? [stringAt(remote, confirmed.at), stringAt(remote, confirmed.version)] : [];
  return known !== undefined && latest !== undefined && BigInt(known) < BigInt(latest);
}

/** Whether what runs an object has to confirm a change at this place of the inputs. */
export const needsConfirmation = ({ phase }: Definition, path: Path): boolean =>
  phase?.confirmed !== undefined && startsWith(path, steps(phase.confirmed.version).slice(0, -1));

/** Returns a phase without the prefix that all phases of its kind have: `RUNNING`. */
export const shortPhase = (phase: string): string => phase.replace(/^([A-Z]+_)*PHASE_/, "");

/** Returns the version of the status of an object, which grows with each report about it. */
export function versionOf(definition: Definition, remote: JsonObject): bigint | undefined {
  const version = reported(definition, remote, "statusVersion");
  return typeof version === "string" ? BigInt(version) : undefined;
}

function stringAt(value: JsonObject, path: string): string | undefined {
  const part = at(value, steps(path));
  return typeof part === "string" ? part : undefined;
}

/** An object that another one lives in. */
export interface Enclosing {
  readonly id: string;
  /** The last name in the path at which its id is. */
  readonly field: string;
  /** Loads its definition. */
  readonly definition: () => Definition;
}

/** Returns the object that another one lives in, where its kind lives in one. */
export function enclosingOf({ phase }: Definition, remote: JsonObject): Enclosing | undefined {
  const { enclosing } = phase ?? {};
  const id = enclosing && stringAt(remote, enclosing.at);
  return id ? { id, field: steps(enclosing.at).at(-1)!, definition: enclosing.definition } : undefined;
}
