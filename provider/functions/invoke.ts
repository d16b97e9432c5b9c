import { type DescField, type DescMessage, toJson } from "@bufbuild/protobuf";
import { MethodOptions_IdempotencyLevel as Idempotency } from "@bufbuild/protobuf/wkt";
import type { Client } from "../client/client";
import { withOrganization } from "../model/address";
import { isLeaf } from "../model/descriptor";
import { organizationFor } from "../reading/named-request";
import { entriesOf } from "../reading/pages";
import { type Json, type JsonObject, present } from "../value/json";
import type { FunctionDefinition } from "./define-function";

/** Asks the API and returns what the function gives, with nothing left out because it is empty. */
export async function invoke(client: Client, definition: FunctionDefinition, request: JsonObject): Promise<Json> {
  try {
    const organizationId = await organizationFor({ client }, definition.method);
    return await ask(client, definition, withOrganization(definition.method, present(request), organizationId));
  } catch (error) {
    throw client.explain(definition.name, error);
  }
}

/** Whether a call of the function changes something or reveals a secret, so that a preview must not make it. */
export const isKeptFromPreviews = ({ method, reads, sensitive = [] }: FunctionDefinition): boolean =>
  (method.idempotency !== Idempotency.NO_SIDE_EFFECTS && !reads) || sensitive.length > 0;

/** The list of an answer that comes in pages. */
export const pagedField = ({ fields }: DescMessage): DescField | undefined =>
  fields.some((f) => f.jsonName === "pagination") ? fields.find((f) => f.fieldKind === "list") : undefined;

/** The object of an answer that carries nothing else. */
export function soleField({ fields: [object, ...others] }: DescMessage): DescField | undefined {
  return object?.fieldKind === "message" && !isLeaf(object.message) && others.length === 0 ? object : undefined;
}

async function ask(client: Client, { method, reads }: FunctionDefinition, request: JsonObject): Promise<Json> {
  const { output } = method;
  const json = { alwaysEmitImplicit: true };
  const f = pagedField(output);
  if (!f) {
    const answer = toJson(output, await client.call(method, request, { reads }), json) as JsonObject;
    const object = soleField(output);
    return object ? (answer[object.jsonName] ?? null) : answer;
  }
  const found: Json[] = [];
  for await (const { entries } of entriesOf({ list: method, f }, { client }, request, { json })) found.push(...entries);
  return found;
}
