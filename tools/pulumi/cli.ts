/** A Pulumi CLI that was run once and answered with its version. */
export interface Cli {
  /** The executable. */
  bin: string;
  /** Its version, without the leading `v`. */
  version: string;
  /** Environment variables to run it with: its own folder first on PATH, and what keeps it quiet or offline. */
  env: Record<string, string>;
  /** Where it comes from, to be read by a person. */
  how: string;
}

/** Takes one line to be read by a person who waits. */
export type Log = (line: string) => void;
