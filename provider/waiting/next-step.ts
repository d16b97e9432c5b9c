import type { Definition } from "../model/definition";
import {
  failureOf,
  hasFailed,
  isPassing,
  isUnconfirmed,
  meaningOf,
  phaseOf,
  restingPhases,
  rests,
  shortfallOf,
  versionOf,
} from "../model/phase";
import type { JsonObject } from "../value/json";

/** Where the request stands that shall bring an object to its phase. */
export type Request =
  /** Nobody has asked yet. */
  | { readonly stands: "none" }
  /** An interrupted run may have asked for another phase, so that the object may be about to leave this one. */
  | { readonly stands: "unknown" }
  /** The create has left the object at rest: any failure is newer. */
  | { readonly stands: "created"; readonly hasLeft: boolean }
  /** The create has set the object in motion. */
  | { readonly stands: "begun" }
  /** A call has asked for the phase while the object had this version. */
  | { readonly stands: "asked"; readonly version: bigint; readonly hasLeft: boolean };

/** What to do next about an object: done, see whether it leaves again, read again, ask for the phase, or give up. */
export type Next = "arrived" | "passing" | "wait" | "ask" | "fail";

/** What an object is judged by. */
interface Target {
  /** The phase to reach; without one, any phase that the object rests in. */
  readonly phase?: string | undefined;
  /** Whether new settings have just been written that may still take the object out of its phase. */
  readonly isUnsure: boolean;
}

/** Returns where the request stands after a create with this answer. */
export const afterCreate = (definition: Definition, answer: JsonObject): Request =>
  rests(definition, phaseOf(definition, answer)) ? { stands: "created", hasLeft: false } : { stands: "begun" };

/** Returns where the request stands when an object that was last seen like this is asked. */
export const afterAsking = (definition: Definition, remote: JsonObject): Request => ({
  stands: "asked",
  version: versionOf(definition, remote) ?? 0n,
  hasLeft: false,
});

/**
 * Tells what to do next about an object, and where the request stands then.
 *
 * A resting phase alone never tells whether a request has taken effect, because a failure that is faster than the first
 * read looks like no effect. After a request, failed means: a failed phase or a failure message that is newer than the
 * request, or the object has left its rest and come back to another one. Every phase that the definition does not name
 * is on its way, and so is every phase that this version does not know.
 */
export function judge(
  definition: Definition,
  { phase: target, isUnsure }: Target,
  request: Request,
  remote: JsonObject,
): { readonly next: Next; readonly request: Request } {
  const phase = phaseOf(definition, remote);
  switch (meaningOf(definition, phase, target)) {
    case "reached": {
      if (target !== undefined && shortfallOf(definition, remote) !== undefined) return { next: "fail", request };
      const isUp = phase === restingPhases(definition)[0];
      // What a create has begun may have come to rest since it has failed on its way.
      if (!isUp && request.stands === "begun" && failureOf(definition, remote) !== undefined)
        return { next: "fail", request };
      if (isUp && isUnsure && isUnconfirmed(definition, remote)) return { next: "wait", request };
      const mayLeave = request.stands === "unknown" && isPassing(definition, target, remote);
      return { next: mayLeave ? "passing" : "arrived", request };
    }
    case "pending":
      return { next: "wait", request: "hasLeft" in request ? { ...request, hasLeft: true } : request };
    default:
      if (hasFailedSince(definition, request, remote)) return { next: "fail", request };
      if (request.stands === "asked" || isAskedByUpdate(definition, target)) return { next: "wait", request };
      return { next: callFor(definition, target) ? "ask" : "fail", request };
  }
}

/** Whether the update of the input has asked for a phase already. */
const isAskedByUpdate = ({ phase }: Definition, target: string | undefined): boolean =>
  target !== undefined && phase?.targets?.[target] === "by update";

/** Returns the call of its own that asks for a phase; undefined where there is none. */
export function callFor({ phase }: Definition, target: string | undefined) {
  const method = target === undefined ? undefined : phase?.targets?.[target];
  return typeof method === "string" ? undefined : method;
}

function hasFailedSince(definition: Definition, request: Request, remote: JsonObject): boolean {
  const failed = hasFailed(definition, remote) || failureOf(definition, remote) !== undefined;
  switch (request.stands) {
    case "none":
    case "unknown":
      return false;
    case "created":
      return request.hasLeft || failed;
    case "begun":
      return failed;
    case "asked":
      return request.hasLeft || (failed && (versionOf(definition, remote) ?? 0n) > request.version);
  }
}
