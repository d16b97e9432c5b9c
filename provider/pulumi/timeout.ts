import { durationSeconds } from "../check/duration";
import { isObject, type JsonObject } from "../value/json";

/** Returns the seconds that the resource option `customTimeouts` gives an operation. */
export function timeoutOf(passed: JsonObject, operation: string): number | undefined {
  const text = stated(passed)[operation];
  return typeof text === "string" ? durationSeconds(text) : undefined;
}

/** Returns what is wrong with `customTimeouts`, which Pulumi does not check. */
export const timeoutFailures = (passed: JsonObject): string[] =>
  Object.keys(stated(passed))
    .filter((operation) => timeoutOf(passed, operation) === undefined)
    .map((operation) => `customTimeouts.${operation}: must be a duration such as "90s", "30m" or "1h30m"`);

const stated = (passed: JsonObject): JsonObject => (isObject(passed.__timeouts) ? passed.__timeouts : {});
