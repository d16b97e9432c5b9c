import { exitCodes } from "./exit-codes";

/** Ends the program quietly with a Ctrl-C, until what this returns is called. */
export function endOnInterrupt(): () => void {
  const end = (): never => process.exit(exitCodes.interrupted);
  process.on("SIGINT", end);
  return () => process.off("SIGINT", end);
}
