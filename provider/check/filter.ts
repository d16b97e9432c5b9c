import type { DescField, DescMessage } from "@bufbuild/protobuf";
import { anyId } from "../mapping/create-request";
import { withOrganization } from "../model/address";
import type { Definition } from "../model/definition";
import { field } from "../model/descriptor";
import { isObject, type JsonObject } from "../value/json";
import { canonicalObject, type Failure } from "./canonical";
import { violationsOf } from "./violations";

/** The message of the conditions by which objects of a kind are listed. */
const filterOf = ({ list }: Definition): DescMessage | undefined => list && field(list.input, "filter")?.message;

/** Returns what a list cannot be asked for without: where its objects are, beside the filter. */
export const scopesOf = ({ list, within = [] }: Definition): DescField[] =>
  within.flatMap((name) => (list && field(list.input, name)) ?? []);

/** Returns what a list can be asked for by, without the conditions that the API has given up. */
export const conditionsOf = (definition: Definition): DescField[] => [
  ...scopesOf(definition),
  ...(filterOf(definition)?.fields ?? []).filter((f) => !f.deprecated),
];

/** Returns conditions in their canonical spelling, and everything that is wrong with them. */
export function checkFilter(
  definition: Definition,
  given: JsonObject,
): { readonly filter: JsonObject; readonly failures: Failure[] } {
  const { list } = definition;
  const scopes = scopesOf(definition).map((f) => f.jsonName);
  const conditions = new Map(conditionsOf(definition).map((f) => [f.jsonName, f]));
  const failures: Failure[] = [];
  const filter = canonicalObject(given, conditions, [], { notInputs: new Set(), failures });
  for (const name of scopes) if (filter[name] === undefined) failures.push({ path: [name], reason: "is required" });
  const rest = Object.fromEntries(Object.entries(filter).filter(([name]) => !scopes.includes(name)));
  // The call adds the token's organization where none is stated.
  const message = filterOf(definition);
  const organized = list && withOrganization(list, { filter: rest }, anyId).filter;
  return {
    filter,
    failures: message && isObject(organized) ? [...failures, ...violationsOf(message, organized)] : failures,
  };
}
