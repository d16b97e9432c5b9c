import { loadavg } from "node:os";
import type { Floors } from "./floor/build";

/** What a case has found. */
export interface Result {
  /** Tables of a part of the report of its own. */
  readonly tables?: readonly Table[];
  /** Rows of the table of what must hold. */
  readonly rows?: readonly Row[];
}

/** A table with a heading, as cells of text. */
export interface Table {
  readonly title: string;
  /** What has to be known to read it. */
  readonly about: string;
  readonly head: readonly string[];
  readonly body: readonly (readonly string[])[];
  /** How busy the machine was, as the system counts it, when the table was made. */
  readonly load: number;
}

/** A figure that must hold. */
export interface Row {
  readonly figure: string;
  readonly target: string;
  readonly measured: string;
  readonly holds: boolean;
}

/** Makes a table; its load is that of now. */
export const table = (
  title: string,
  about: string,
  head: readonly string[],
  body: readonly (readonly string[])[],
): Table => ({ title, about, head, body, load: loadavg()[0] ?? 0 });

/** A case of the benchmark. */
export interface Case {
  readonly name: string;
  /** What it does, for whoever looks for the one to run. */
  readonly about: string;
  run(options: Options): Promise<Result>;
}

/** What is said of a run. */
export interface Options {
  /** Rounds of each measurement. */
  readonly runs: number;
  readonly floors: Floors;
  /** Sizes, latencies and kinds other than those of the default run. */
  readonly size?: number;
  readonly latency?: number;
  readonly kind?: string;
  /** The regular expression that the names of the subjects that take part match. */
  readonly subjects?: string;
  /** Whether every operation is measured at every size and latency, which takes hours. */
  readonly all: boolean;
  /** Says what is going on. */
  readonly say: (line: string) => void;
}
