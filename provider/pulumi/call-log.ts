import { LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { toldAs } from "../client/debug-flag";
import type { Tell } from "../client/watch";
import { hasEngine, log } from "./engine";

/** Returns what tells the engine of each call, on the row of its resource or else on that of the stack, where it is to be told. */
export function callLog(): Tell | undefined {
  const how = hasEngine() ? toldAs() : undefined;
  if (how === undefined) return undefined;
  const severity = how === "debug" ? LogSeverity.DEBUG : LogSeverity.INFO;
  return (line, urn = "") => {
    last = last.then(() => log(urn, line, severity, false));
  };
}

let last = Promise.resolve();

/** Resolves when the engine knows of all calls so far. */
export const allTold = (): Promise<void> => last;
