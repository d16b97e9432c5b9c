import { LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { isWatched } from "../client/client";
import type { Tell } from "../client/watch";
import { showsDebug } from "./debug-flag";
import { hasEngine, log } from "./engine";

/**
 * Returns what tells the engine of each call, on the row of its resource or else on that of the stack: as debug output
 * where the command shows that, else as information where the environment asks for it. Undefined where the command hides
 * debug output, which would cost a call of the engine for each call of the API.
 */
export function callLog(): Tell | undefined {
  if (!hasEngine()) return undefined;
  const isShown = showsDebug();
  const isAsked = !isShown && isWatched(process.env);
  if (isShown === false && !isAsked) return undefined;
  const severity = isAsked ? LogSeverity.INFO : LogSeverity.DEBUG;
  return (line, urn = "") => {
    last = last.then(() => log(urn, line, severity, false));
  };
}

let last = Promise.resolve();

/** Resolves when the engine knows of all calls so far. */
export const allTold = (): Promise<void> => last;
