import type { Definition } from "../../provider/model/definition";
import { volatile } from "../../provider/model/phase";
import { factsOf } from "../../provider/model/shape";
import { steps } from "../../provider/value/path";
import { shownOutputs } from "./words";

/** Returns the names of the outputs of a kind. */
export function outputNames(definition: Definition): string[] {
  const left = new Set(["id", ...volatile(definition), ...(definition.deprecated ?? [])]);
  const shown = factsOf(definition).resource.fields.map((f) => f.jsonName);
  const told = Object.keys(definition.once ?? {}).filter((name) => !shown.includes(name));
  return [...shown.filter((name) => !left.has(name)), ...told];
}

/**
 * Returns the outputs that are always there: those that show a required input, follow from the inputs or tell the phase,
 * the parts that the API gives every object, and when it was made.
 */
export function alwaysThere(definition: Definition): string[] {
  const always = new Set([
    ...shownOutputs(definition),
    ...(definition.required ?? []).map((path) => steps(path)[0]!),
    ...(definition.derived ?? []),
    ...(definition.phase?.at.split(".").slice(0, 1) ?? []),
    ...parts,
  ]);
  return outputNames(definition).filter((name) => always.has(name));
}

const parts = ["metadata", "spec", "status", "createdAt"];
