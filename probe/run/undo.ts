import type { Client } from "../../provider/client/client";
import type { Definition } from "../../provider/model/definition";
import { namedRequest } from "../../provider/reading/named-request";
import type { Undo } from "../bench";
import type { Entry } from "./ledger";

/** Returns the calls that undo an entry, as far as ids are known. */
export const undoing = (entry: Entry, client: Client): Promise<readonly Undo[]> =>
  "what" in entry
    ? Promise.resolve(entry.undo)
    : Promise.all([...entry.ids].map((id) => deletion(entry.definition, client, id)));

/** Returns the call that deletes an object, by force where there is one. */
export async function deletion(definition: Definition, client: Client, id: string): Promise<Undo> {
  const method = deletingMethod(definition);
  const force = Object.values(definition.extra ?? {}).find(({ on, field }) => on === "delete" && field === "force");
  return {
    method,
    request: { ...(await namedRequest(definition, { client }, method, id)), ...(force && { force: true }) },
  };
}

/** Returns the call that deletes objects of a kind; nothing else of a kind can be made for a time. */
export function deletingMethod({ kind, delete: method }: Definition): Undo["method"] {
  if (typeof method === "string" || "with" in method) throw new Error(`no call deletes objects of the kind ${kind}`);
  return method;
}

/** Returns a command for a shell that makes a call, with the token from the variable that the program takes it from. */
export function commandFor({ method, request }: Undo, { host, tokenFrom }: Calling): string {
  const url = `${host}/${method.parent.typeName}/${method.name}`;
  const body = JSON.stringify(request).replaceAll("'", "'\\''");
  return `curl -X POST '${url}' -H "Authorization: Bearer $${tokenFrom}" -H 'Content-Type: application/json' -d '${body}'`;
}

/** Where a call goes, and the environment variable with the token for it. */
export interface Calling {
  readonly host: string;
  readonly tokenFrom: string;
}
