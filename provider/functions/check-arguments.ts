import { canonicalObject, type Failure } from "../check/canonical";
import { violationsOf } from "../check/violations";
import { anyId } from "../mapping/create-request";
import { withOrganization } from "../model/address";
import type { JsonObject } from "../value/json";
import type { FunctionDefinition } from "./define-function";

/** Returns the arguments of a function in their canonical spelling, and everything that is wrong with them. */
export function checkArguments(
  { method, required = [], hidden = [] }: FunctionDefinition,
  given: JsonObject,
): { readonly request: JsonObject; readonly failures: Failure[] } {
  const failures: Failure[] = [];
  const fields = method.input.fields.filter((f) => !f.deprecated && !["pagination", ...hidden].includes(f.jsonName));
  const walk = { notInputs: new Set<string>(), failures };
  const request = canonicalObject(given, new Map(fields.map((f) => [f.jsonName, f])), [], walk);
  const missing = required.filter((name) => request[name] === undefined);
  failures.push(...missing.map((name) => ({ path: [name], reason: "is required" })));
  const known = new Set(failures.map(({ path }) => String(path[0])));
  // The call adds the token's organization where none is stated.
  const organized = withOrganization(method, request, anyId);
  failures.push(...violationsOf(method.input, organized).filter(({ path: [first] }) => !known.has(String(first))));
  return { request, failures };
}
