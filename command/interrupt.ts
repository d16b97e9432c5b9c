import { exitCodes } from "./exit-codes";

/** Ends the program quietly with a Ctrl-C, until what this returns is called. */
export function endOnInterrupt(): () => void {
  const end = (): never => process.exit(exitCodes.interrupted);
  process.on("SIGINT", end);
  return () => process.off("SIGINT", end);
}

/** Two signals: the first fires with the first Ctrl-C, or when somebody else ends the program; the second with the next. */
export function signalsOfInterrupts(): readonly [first: AbortSignal, second: AbortSignal] {
  const controllers = [new AbortController(), new AbortController()] as const;
  const next = (): void => controllers.find(({ signal }) => !signal.aborted)?.abort();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, next);
  return [controllers[0].signal, controllers[1].signal];
}
