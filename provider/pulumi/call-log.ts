import { LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { isWatched } from "../client/client";
import type { Tell } from "../client/watch";
import { saysDebug } from "./debug-flag";
import { hasEngine, log } from "./engine";

/**
 * Returns what tells the engine of each call, on the row of its resource or else on that of the stack: as debug output
 * where the command shows that, else as information where the environment asks for it. The engine hides or mixes up what a
 * provider writes to its standard error. Undefined where nobody asks, since the engine counts debug output that it hides.
 */
export function callLog(): Tell | undefined {
  if (!hasEngine()) return undefined;
  const severity = saysDebug() ? LogSeverity.DEBUG : isWatched(process.env) ? LogSeverity.INFO : undefined;
  if (severity === undefined) return undefined;
  return (line, urn = "") => {
    last = last.then(() => log(urn, line, severity, false));
  };
}

let last = Promise.resolve();

/** Resolves when the engine knows of all calls so far. */
export const allTold = (): Promise<void> => last;
