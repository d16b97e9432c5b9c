import { create, toJson } from "@bufbuild/protobuf";
import { CheckFailure, type InvokeRequest, InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import { functionOf } from "../functions";
import { checkArguments } from "../functions/check-arguments";
import type { FunctionDefinition } from "../functions/define-function";
import { givenField, invoke, isKeptFromPreviews, warningsOn } from "../functions/invoke";
import { nameIn } from "../model/module";
import { warnOn } from "../pulumi/engine";
import { secretValue } from "../pulumi/value";
import { isObject, type Json, type JsonObject } from "../value/json";
import { show } from "../value/path";
import { openStruct, structOf } from "./envelope";
import type { Serving } from "./instance";

/** Calls a function; in a preview one that changes something or reveals a secret is not called, and its answer is empty. */
export async function callFunction(serving: Serving, request: InvokeRequest): Promise<InvokeResponse> {
  const definition = functionOf(nameIn(request.getTok()));
  if (!definition) throw new Error(`there is no function ${request.getTok()}`);
  const { value, secrets } = openStruct(request.getArgs());
  const checked = checkArguments(definition, value);
  if (checked.failures.length > 0)
    return new InvokeResponse().setFailuresList(
      checked.failures.map(({ path, reason }) => new CheckFailure().setProperty(show(path)).setReason(reason)),
    );
  const isPlanned = request.getPreview() && isKeptFromPreviews(definition);
  const client = isPlanned ? undefined : await serving.connection.client(definition);
  const given = client && (await invoke(client, definition, checked.request));
  await warnOn("", warningsOn(definition, given));
  const answer = given === undefined ? noResult(definition) : resultOf(definition, given);
  const isSecret = (field: string): boolean => secrets.length > 0 || (definition.sensitive ?? []).includes(field);
  const marked = Object.entries(answer).map(([field, part]) => [field, isSecret(field) ? secretValue(part) : part]);
  return new InvokeResponse().setReturn(structOf(Object.fromEntries(marked)));
}

/** The engine takes objects only: a list stands under its name in the API. */
function resultOf(definition: FunctionDefinition, answer: Json): JsonObject {
  const f = givenField(definition);
  if (f?.fieldKind === "list") return { [f.jsonName]: answer };
  if (!isObject(answer)) throw new Error(`${definition.name}: the server's answer is empty`);
  return answer;
}

/** The engine takes no answer of which something is unknown. */
function noResult(definition: FunctionDefinition): JsonObject {
  const f = givenField(definition);
  const message = (f?.fieldKind === "message" ? f.message : undefined) ?? definition.method.output;
  return toJson(message, create(message), { alwaysEmitImplicit: true }) as JsonObject;
}
