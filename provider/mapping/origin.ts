import { createHash } from "node:crypto";
import type { Client } from "../client/client";
import { naming } from "../model/address";
import type { Definition } from "../model/definition";
import { messageOf } from "../model/descriptor";
import { factsOf } from "../model/shape";
import { at, isObject, type JsonObject, stable, withAt, withoutAt } from "../value/json";

/** A mark that a create writes on its object: if the answer to the create is lost, the next run finds the object by it. */
export interface Mark {
  /** The resource: its URN names the Pulumi project and the stack. */
  readonly urn: string;
  /** What was asked for, in short. */
  readonly hash: string;
  /** The state that the resource is in, where Pulumi tells: another one may have a resource of the same URN. */
  readonly state?: string;
}

/** The key of the annotation that carries the mark; hidden from everybody. */
export const markKey = "pulumi-gitpod/created-for";

/** Returns the mark for a request. */
export const markOf = (urn: string, request: JsonObject, state: string | undefined): Mark => ({
  urn,
  hash: createHash("sha256").update(stable(request)).digest("hex").slice(0, 16),
  ...(state !== undefined && { state }),
});

/** Returns a request that carries a mark beside the annotations of the user. */
export function marked(definition: Definition, request: JsonObject, mark: Mark): JsonObject {
  if (definition.identity?.by !== "annotation") return request;
  const annotations = request[definition.identity.at];
  return {
    ...request,
    [definition.identity.at]: { ...(isObject(annotations) && annotations), [markKey]: textOf(mark) },
  };
}

/** Returns the mark of an object; undefined where it has none. */
export function markOn(definition: Definition, remote: JsonObject): Mark | undefined {
  const path = markPath(definition);
  const text = path && at(remote, [...path, markKey]);
  const [, urn, hash, state] = (typeof text === "string" && form.exec(text)) || [];
  return urn && hash ? { urn, hash, ...(state && { state }) } : undefined;
}

const textOf = ({ urn, hash, state }: Mark): string => `${urn}#${hash}${state === undefined ? "" : `@${state}`}`;
const form = /^(.+)#([0-9a-f]{16})(?:@([\w-]+))?$/s;

/**
 * Whether somebody knows of an object: Pulumi, to which its create was answered, or a person who works in it. This
 * assumes that an object of which nobody knows shows no activity. The API does not say whether a runner reports
 * activity by itself; one that does would make an interrupted create look like one that was answered
 * (`environment-unopened-inactive`).
 */
export function isAcknowledged(definition: Definition, remote: JsonObject): boolean {
  const signal = signalOf(definition);
  return signal !== undefined && at(remote, signal.shown) !== undefined;
}

/** Marks an object as acknowledged, so that no other create takes it over. */
export async function acknowledge(definition: Definition, client: Client, id: string): Promise<void> {
  const signal = signalOf(definition);
  if (!signal) return;
  const { call, field } = signal;
  await client.call(call, { ...naming(definition, call, id), [field]: { source: "pulumi-gitpod" } });
}

/** The call that acknowledges, the message in it that the object shows afterwards, and where it does. */
function signalOf(definition: Definition) {
  const { identity } = definition;
  if (identity?.by !== "annotation") return undefined;
  const sent = identity.acknowledge.input.fields.find((f) => f.message);
  for (const part of factsOf(definition).resource.fields)
    for (const f of messageOf(part)?.fields ?? [])
      if (sent && f.message === sent.message)
        return { call: identity.acknowledge, field: sent.jsonName, shown: [part.jsonName, f.jsonName] };
  throw new Error(`${definition.kind} does not show what ${identity.acknowledge.name} says`);
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
