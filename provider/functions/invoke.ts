import { type DescField, type DescMessage, toJson } from "@bufbuild/protobuf";
import type { Client } from "../client/client";
import { onlyReads } from "../client/only-reads";
import { withOrganization } from "../model/address";
import { field, isLeaf } from "../model/descriptor";
import { organizationFor } from "../reading/named-request";
import { entriesOf, isCutShort } from "../reading/pages";
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
  (!onlyReads(method) && !reads) || sensitive.length > 0;

/** Warns of an answer that may lack something. */
export const warningsOn = ({ name, method }: FunctionDefinition, answer: Json | undefined): string[] =>
  Array.isArray(answer) && isCutShort(method, answer)
    ? [`${name}: the API names no more than these ${answer.length}, so that there may be others`]
    : [];

/** The field of the answer that a function gives; undefined where it gives the answer as it is. */
export function givenField({
  method: { output },
  gives,
}: Pick<FunctionDefinition, "method" | "gives">): DescField | undefined {
  if (gives !== undefined) return field(output, gives);
  const isPaged = field(output, "pagination") !== undefined;
  return isPaged ? output.fields.find((f) => f.fieldKind === "list") : soleField(output);
}

/** The list or the object of an answer that carries nothing else. */
function soleField({ fields: [f, ...others] }: DescMessage): DescField | undefined {
  const isObject = f?.fieldKind === "message" && !isLeaf(f.message);
  return (isObject || f?.fieldKind === "list") && others.length === 0 ? f : undefined;
}

async function ask(client: Client, definition: FunctionDefinition, request: JsonObject): Promise<Json> {
  const { method, reads } = definition;
  const json = { alwaysEmitImplicit: true };
  const f = givenField(definition);
  if (f?.fieldKind !== "list") {
    const answer = toJson(method.output, await client.call(method, request, { reads }), json) as JsonObject;
    return f ? (answer[f.jsonName] ?? null) : answer;
  }
  const found: Json[] = [];
  for await (const { entries } of entriesOf({ list: method, f }, { client }, request, { json })) found.push(...entries);
  return found;
}
