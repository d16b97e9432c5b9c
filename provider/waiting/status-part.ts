import type { Definition } from "../model/definition";
import { reported, shortPhase } from "../model/phase";
import { allAt, isObject, type JsonObject } from "../value/json";
import { spoken, steps } from "../value/path";

/** A part of an object, such as its machine or a step of a run. */
export interface Part {
  readonly name: string;
  /** Its phase, short. */
  readonly phase: string | undefined;
  readonly failure: string | undefined;
  readonly warning: string | undefined;
}

/** Returns the parts of an object in the order in which they come up. */
export const partsOf = (definition: Definition, remote: JsonObject): Part[] =>
  (definition.phase?.parts ?? []).flatMap((path) =>
    allAt(remote, steps(path))
      .filter(isObject)
      .map((part) => ({
        name: [spoken(path), labelOf(definition, remote, part)].filter(Boolean).join(" "),
        phase: typeof part.phase === "string" ? shortPhase(part.phase) : undefined,
        failure: words(part.failureMessage),
        warning: words(part.warningMessage),
      })),
  );

/** Returns the warnings about an object and its parts. */
export const warningsOf = (definition: Definition, remote: JsonObject): string[] => [
  ...[reported(definition, remote, "warningMessage")].flat().flatMap((warning) => words(warning) ?? []),
  ...partsOf(definition, remote).flatMap(({ name, warning }) => (warning === undefined ? [] : `${name}: ${warning}`)),
];

function labelOf(definition: Definition, remote: JsonObject, part: JsonObject): string | undefined {
  const labels = allAt(remote, steps(definition.phase?.labels ?? "[]")).filter(isObject);
  return words(labels.find(({ id }) => id !== undefined && id === part.id)?.label) ?? words(part.secretName);
}

const words = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
