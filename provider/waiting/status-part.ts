import type { Definition } from "../model/definition";
import { phaseOf, reasonsOf, reported, shortPhase } from "../model/phase";
import type { PartWords } from "../model/phase-words";
import { allAt, isObject, type JsonObject } from "../value/json";
import { spoken, steps } from "../value/path";

/** A part of an object, such as its machine or a step of a run. */
export interface Part {
  readonly name: string;
  /** Its phase, short. */
  readonly phase: string | undefined;
  readonly isMoving: boolean;
  readonly hasFailed: boolean;
  readonly failure: string | undefined;
  readonly warning: string | undefined;
}

/** Returns the parts of an object in the order in which they come up. */
export const partsOf = (definition: Definition, remote: JsonObject): Part[] =>
  Object.entries<PartWords | undefined>(definition.phase?.parts ?? {}).flatMap(([path, part = { moving: [] }]) =>
    allAt(remote, steps(path))
      .filter(isObject)
      .map((found) => partIn(found, path, part, remote)),
  );

function partIn(found: JsonObject, path: string, part: PartWords, remote: JsonObject): Part {
  const phase = words(found.phase);
  const failure = words(found.failureMessage);
  return {
    name: [spoken(path), labelOf(found, part, remote)].filter(Boolean).join(" "),
    phase: phase && shortPhase(phase),
    isMoving: part.moving.includes(phase ?? ""),
    hasFailed: failure !== undefined || (part.failed ?? []).includes(phase ?? ""),
    failure,
    warning: words(found.warningMessage),
  };
}

/** Returns the warnings about an object and its parts, and why it is in a phase that only counts as the one to reach. */
export const warningsOf = (definition: Definition, remote: JsonObject): string[] => [
  ...impairment(definition, remote),
  ...[reported(definition, remote, "warningMessage")].flat().flatMap((warning) => words(warning) ?? []),
  ...partsOf(definition, remote).flatMap(({ name, warning }) => (warning === undefined ? [] : `${name}: ${warning}`)),
];

function impairment(definition: Definition, remote: JsonObject): string[] {
  const phase = phaseOf(definition, remote) ?? "";
  const countsAsAnother = Object.values(definition.phase?.satisfiedBy ?? {}).some((later) => later?.includes(phase));
  const why = reasonsOf(definition, remote);
  return countsAsAnother && why !== undefined ? [`${shortPhase(phase)}: ${why}`] : [];
}

function labelOf(found: JsonObject, { name, labels }: PartWords, remote: JsonObject): string | undefined {
  if (name !== undefined) return words(found[name]);
  const entries = allAt(remote, steps(labels ?? "[]")).filter(isObject);
  return words(entries.find(({ id }) => id !== undefined && id === found.id)?.label);
}

const words = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
