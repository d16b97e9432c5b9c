import type { DescField, DescMessage } from "@bufbuild/protobuf";
import type { Definition } from "../model/definition";
import { field } from "../model/descriptor";
import type { JsonObject } from "../value/json";
import { canonicalObject, type Failure } from "./canonical";
import { violationsOf } from "./violations";

/** Returns the message of the conditions by which objects of a kind are listed. */
export const filterOf = ({ list }: Definition): DescMessage | undefined => list && field(list.input, "filter")?.message;

/** Returns the conditions that the API has not given up. */
export const conditionsOf = (definition: Definition): DescField[] =>
  (filterOf(definition)?.fields ?? []).filter((f) => !f.deprecated);

/** Returns a filter in its canonical spelling, and everything that is wrong with it. */
export function checkFilter(
  definition: Definition,
  given: JsonObject,
): { readonly filter: JsonObject; readonly failures: Failure[] } {
  const message = filterOf(definition);
  const conditions = new Map(conditionsOf(definition).map((f) => [f.jsonName, f]));
  const failures: Failure[] = [];
  const filter = canonicalObject(given, conditions, [], { notInputs: new Set(), failures });
  return { filter, failures: message ? [...failures, ...violationsOf(message, filter)] : failures };
}
