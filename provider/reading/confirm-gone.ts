import { identity } from "../client/identity";
import type { Definition } from "../model/definition";
import type { Operation } from "../model/operation";
import { createdAt } from "../model/remote-object";
import type { State } from "../model/state";
import type { JsonObject } from "../value/json";
import { find } from "./find";

/** Thrown instead of changing an object that is gone: nothing is left of it whose id would have to be kept. */
export class Gone extends Error {}

/**
 * Reads an object that is stored; undefined only where it is certainly gone. Not found says that only to the
 * organization that it was in, and of a private object only to its creator; and right after a write a read may lag.
 */
export async function findStored(
  definition: Definition,
  operation: Operation,
  id: string,
  { inputs, outputs, seen }: State,
  look: typeof find = find,
): Promise<JsonObject | undefined> {
  const pauses = isNew(outputs, operation.clock.now()) ? lags : [];
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

/** Throws where another organization or user than the stored one is told that an object does not exist. */
async function confirmGone(
  definition: Definition,
  { client }: Operation,
  id: string,
  seen: State["seen"],
): Promise<void> {
  const { organizationId, subjectId } = await identity(client);
  if (seen.organizationId !== undefined && seen.organizationId !== organizationId)
    throw new Error(
      `${definition.kind} ${id} belongs to the organization ${seen.organizationId}, but the token is of ${organizationId}. ${client.useToken("a token of that organization")} Or remove the resource from the stack with pulumi state delete.`,
    );
  if (definition.creatorOnly && seen.subjectId !== undefined && seen.subjectId !== subjectId)
    throw new Error(
      `${definition.kind} ${id} was made by ${seen.subjectId} and is not to be seen by ${subjectId}, whose token this is. ${client.useToken("a token of its creator")} Or remove the resource from the stack with pulumi state delete.`,
    );
}

function isNew(outputs: JsonObject, now: number): boolean {
  const created = createdAt(outputs);
  return created !== undefined && now - created < newFor;
}

/** Milliseconds between reads that may lag behind a write, and how long after a create they may. */
export const lags: readonly number[] = [100, 200, 400];
const newFor = 60_000;
