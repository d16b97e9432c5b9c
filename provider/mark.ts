import { createHash } from "node:crypto";
import type { Definition } from "./definition";
import { factsOf } from "./facts";
import { at, isObject, type JsonObject, stable, withAt, withoutAt } from "./json";

/** What a create writes on an object, so that the object is found again when the answer to the create was lost. */
export interface Mark {
  /** The resource: its URN names the Pulumi project and the stack. */
  readonly urn: string;
  /** What was asked for, in short. */
  readonly hash: string;
}

/** The key of the annotation that carries the mark; hidden from everybody. */
export const markKey = "pulumi-gitpod/created-for";

/** Returns the mark for a request. */
export const markOf = (urn: string, request: JsonObject): Mark => ({
  urn,
  hash: createHash("sha256").update(stable(request)).digest("hex").slice(0, 16),
});

/** Returns a request that carries a mark beside the annotations of the user. */
export function marked(definition: Definition, request: JsonObject, { urn, hash }: Mark): JsonObject {
  if (definition.identity?.by !== "annotation") return request;
  const annotations = request[definition.identity.at];
  return {
    ...request,
    [definition.identity.at]: { ...(isObject(annotations) && annotations), [markKey]: `${urn}#${hash}` },
  };
}

/** Returns the mark of an object; undefined where it has none. */
export function markOn(definition: Definition, remote: JsonObject): Mark | undefined {
  const path = markPath(definition);
  const text = path && at(remote, [...path, markKey]);
  const end = typeof text === "string" ? text.lastIndexOf("#") : -1;
  return typeof text === "string" && end > 0 ? { urn: text.slice(0, end), hash: text.slice(end + 1) } : undefined;
}

/** Returns an object as people see it: without a mark. */
export function unmarked(definition: Definition, remote: JsonObject): JsonObject {
  const path = markPath(definition);
  const annotations = path && at(remote, path);
  if (!path || !isObject(annotations) || !(markKey in annotations)) return remote;
  const { [markKey]: _, ...others } = annotations;
  return Object.keys(others).length > 0 ? withAt(remote, path, others) : withoutAt(remote, path);
}

function markPath(definition: Definition): readonly string[] | undefined {
  const { identity } = definition;
  if (identity?.by !== "annotation") return undefined;
  return factsOf(definition).units.find(({ name }) => name === identity.at)?.remote;
}
