import type { Client } from "../../provider/client/client";
import type { Clock } from "../../provider/value/clock";
import type { Assumption, Need } from "../assumption";
import type { Finding } from "../finding";
import type { Left } from "./clean-up";

/** What is tried, where and how. */
export interface Trial {
  readonly clients: { readonly index: Client; readonly experimental?: Client | undefined };
  readonly assumptions: readonly Assumption[];
  /** What probes may touch beside what is their own. */
  readonly allowed: ReadonlySet<Need>;
  readonly projectId?: string | undefined;
  readonly environmentClassId?: string | undefined;
  /** Milliseconds that one call may take. */
  readonly timeoutMs: number;
  readonly clock: Clock;
  /** Ends the probes, after which is cleaned up what they have made. */
  readonly stop: AbortSignal;
  /** Ends the cleanup as well. */
  readonly leave: AbortSignal;
  /** Is told, line by line, what happens and what is about to be made. */
  readonly tell: (line: string) => void;
}

/** What has come of it. */
export interface Outcome {
  readonly results: readonly Result[];
  /** How many were not tried since the token has no right to a call. */
  readonly denied: number;
  /** What was made and could not be removed. */
  readonly left: readonly Left[];
  /** What no report may have: ids of the account, and names and ids of what was made. */
  readonly known: ReadonlySet<string>;
}

/** What is known of one assumption now. */
export interface Result {
  readonly assumption: Assumption;
  readonly finding: Finding;
}
