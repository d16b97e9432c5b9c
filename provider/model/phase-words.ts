import type * as Events from "../../proto/gen/gitpod/v1/event_pb";
import type { Method } from "./descriptor";

/** The life of an object, told by a field of its status; a phase that is not named here is on its way. */
export interface Phase<I extends string, R extends string, P extends string, D> {
  /** Where the phase is; a counter of reports, failures and warnings stand beside it where the kind has them. */
  readonly at: R;
  /** Which events tell of the object. */
  readonly events?: keyof typeof Events.ResourceType;
  /** The object that it lives in: while that one is at rest, this one is too, whatever it was asked. */
  readonly enclosing?: { readonly at: R; readonly definition: () => D };
  /** Parts that have a phase, a failure and a warning of their own, in the order in which they come up. */
  readonly parts?: { readonly [path in R]?: PartWords<R> };
  /** Outputs that say why the object is where it is, beside its failures. */
  readonly reasons?: readonly R[];
  /** Where the URL of the log is, and the call that gives a token for it: that of the enclosing object where there is one. */
  readonly log?: { readonly at: R; readonly token?: Method };
  /** The version of the settings, and the one that what runs the object has confirmed. */
  readonly confirmed?: { readonly version: R; readonly at: R };
  /** The input that asks for a phase. */
  readonly desired?: I;
  /**
   * Phases to rest in that can be asked for, and the call that asks, where that is not the update of the input or nothing
   * at all; the first one is awaited when none is stated.
   */
  readonly targets?: { readonly [phase in P]?: Method | "by update" | "by itself" };
  /** Later phases that also satisfy a target: SUCCEEDED implies RUNNING. */
  readonly satisfiedBy?: { readonly [phase in P]?: readonly P[] };
  readonly failed?: readonly P[];
  /** Where it counts what has failed of it, so that it has failed at its end whatever the phase. */
  readonly shortfall?: R;
  readonly gone?: readonly P[];
  /** Phases in which it has come to its end: nothing is left to delete then, unless `cancel` is there. */
  readonly ended?: readonly P[];
  /** The call that brings an object on its way to its end, which has to come before the deletion. */
  readonly cancel?: Method;
  /** Where it says when the object has come to its end. */
  readonly endedAt?: R;
  /** Inputs that change only while the object is in one of these phases, the first of which can be asked for. */
  readonly onlyIn?: { readonly phases: readonly P[]; readonly inputs: I };
  /** Where it says since when the object has been put away, and the call that takes it back, before it is started. */
  readonly archived?: { readonly at: R; readonly undo: Method };
  /** What becomes of an object that has failed: it is asked again, or replaced. */
  readonly afterFailure?: "retry" | "replace";
  /** Whether an object that the server has pruned at its end still counts. */
  readonly mayVanish?: boolean;
}

/** What a part of an object goes through, and how messages tell it from others of its sort. */
export interface PartWords<R extends string = string> {
  /** Phases in which it is on its way. */
  readonly moving: readonly string[];
  readonly failed?: readonly string[];
  /** The field of the part that names it. */
  readonly name?: string;
  /** The list whose entry with the id of the part has its label. */
  readonly labels?: R;
}
