import type { Identity } from "../client/api";
import { identity } from "../client/identity";
import { isNamedByToken } from "../model/address";
import type { Definition } from "../model/definition";
import type { Operation } from "../model/operation";
import { createdAt } from "../model/remote-object";
import type { State } from "../model/state";
import type { JsonObject } from "../value/json";
import { find } from "./find";

/** Thrown by an update of an object that is gone: the state keeps no id of it. */
export class Gone extends Error {}

/**
 * Reads an object that is stored; undefined only if it is certainly gone. NOT_FOUND proves that only to a token of the
 * object's organization, and for a private object only to its creator's. Right after a write, a read may lag.
 */
export async function findStored(
  definition: Definition,
  operation: Operation,
  id: string,
  { inputs, outputs, seen }: State,
  look: typeof find = find,
): Promise<JsonObject | undefined> {
  const pauses = isNew(outputs, seen, operation.clock.now()) ? lags : [];
  for (const pause of [...pauses, undefined]) {
    const remote = await look(definition, operation, id, { inputs, remote: outputs });
    if (remote || pause === undefined) {
      if (!remote) await confirmGone(definition, operation, id, seen);
      return remote;
    }
    await operation.clock.sleep(pause, operation.signal);
  }
  return undefined;
}

/** Throws if the token belongs to another organization or user than the stored one. */
async function confirmGone(
  definition: Definition,
  { client }: Operation,
  id: string,
  seen: State["seen"],
): Promise<void> {
  const { subjectId } = await confirmOrganization(definition, { client }, id, seen);
  if (definition.creatorOnly && !client.actor && seen.subjectId !== undefined && seen.subjectId !== subjectId)
    throw new Error(
      `${definition.kind} ${id} was created by ${seen.subjectId} and is not visible to ${subjectId}, the owner of this token. ${client.useToken("a token of its creator")} Or remove the resource from the stack with pulumi state delete.`,
    );
}

/** Throws before anything is asked for, if the token belongs to another organization and would name another object there. */
export async function confirmNamed(
  definition: Definition,
  operation: Operation,
  id: string,
  { seen }: State,
): Promise<void> {
  if (isNamedByToken(definition)) await confirmOrganization(definition, operation, id, seen);
}

async function confirmOrganization(
  { kind }: Definition,
  { client }: Pick<Operation, "client">,
  id: string,
  seen: State["seen"],
): Promise<Identity> {
  const who = await identity(client);
  if (seen.organizationId !== undefined && seen.organizationId !== who.organizationId)
    throw new Error(
      `${kind} ${id} belongs to the organization ${seen.organizationId}, but the token belongs to ${who.organizationId}. ${client.useToken("a token of that organization")} Or remove the resource from the stack with pulumi state delete.`,
    );
  return who;
}

function isNew(outputs: JsonObject, { since }: State["seen"], now: number): boolean {
  const created = createdAt(outputs) ?? (since === undefined ? undefined : Date.parse(since));
  return created !== undefined && now - created < newFor;
}

/** Milliseconds between reads that may lag behind a write, and how long after a create they may. */
export const lags: readonly number[] = [100, 200, 400];
const newFor = 60_000;
