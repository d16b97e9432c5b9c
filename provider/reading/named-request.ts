import { identity } from "../client/identity";
import { naming, needsIdentity } from "../model/address";
import type { Definition } from "../model/definition";
import type { Method } from "../model/descriptor";
import type { Operation } from "../model/operation";
import type { Json, JsonObject } from "../value/json";

/** Returns the fields of a request that name an object; `own` is the id that the server gives it, where that is another. */
export async function namedRequest(
  definition: Definition,
  { client }: Pick<Operation, "client">,
  method: Method,
  id: string,
  own?: Json,
): Promise<JsonObject> {
  return naming(definition, method, id, own, await organizationFor({ client }, method));
}

/** Returns the organization that a request has to name. */
export const organizationFor = async (
  { client }: Pick<Operation, "client">,
  method: Method,
): Promise<string | undefined> => (needsIdentity(method) ? (await identity(client)).organizationId : undefined);
