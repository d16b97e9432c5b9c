import { type DescField, type DescMessage, toJson } from "@bufbuild/protobuf";
import { MethodOptions_IdempotencyLevel as Idempotency } from "@bufbuild/protobuf/wkt";
import type { Client } from "../client/client";
import { isLeaf } from "../model/descriptor";
import { at, type Json, type JsonObject, present } from "../value/json";
import type { FunctionDefinition } from "./define-function";

/** Asks the API and returns what the function gives, with nothing left out because it is empty. */
export async function invoke(client: Client, definition: FunctionDefinition, request: JsonObject): Promise<Json> {
  const { output } = definition.method;
  const list = pagedField(output);
  if (list) return entries(client, definition, list, request);
  const answer = await ask(client, definition, request);
  const object = soleField(output);
  return object ? (answer[object.jsonName] ?? null) : answer;
}

/** Whether a call of the function changes something, so that a preview must not make it. */
export const changesSomething = ({ method }: FunctionDefinition): boolean =>
  method.idempotency !== Idempotency.NO_SIDE_EFFECTS;

/** The list of an answer that comes in pages. */
export const pagedField = ({ fields }: DescMessage): DescField | undefined =>
  fields.some((f) => f.jsonName === "pagination") ? fields.find((f) => f.fieldKind === "list") : undefined;

/** The object of an answer that carries nothing else. */
export function soleField({ fields: [object, ...others] }: DescMessage): DescField | undefined {
  return object?.fieldKind === "message" && !isLeaf(object.message) && others.length === 0 ? object : undefined;
}

async function entries(
  client: Client,
  definition: FunctionDefinition,
  list: DescField,
  request: JsonObject,
): Promise<Json[]> {
  const found: Json[] = [];
  const tokens = new Set<string>();
  for (let token = ""; ; ) {
    const page = await ask(client, definition, { ...request, pagination: { pageSize, token } });
    const here = page[list.jsonName];
    if (Array.isArray(here)) found.push(...here);
    const next = at(page, ["pagination", "nextToken"]);
    if (typeof next !== "string" || next === "") return found;
    if (tokens.has(next)) throw new Error("the server gave the same page twice");
    tokens.add(next);
    token = next;
  }
}

/** The most that the API gives at a time. */
const pageSize = 100;

async function ask(client: Client, { method }: FunctionDefinition, request: JsonObject): Promise<JsonObject> {
  const answer = await client.call(method, present(request));
  return toJson(method.output, answer, { alwaysEmitImplicit: true }) as JsonObject;
}
