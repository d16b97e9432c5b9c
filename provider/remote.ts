import { type Message, toJson } from "@bufbuild/protobuf";
import { orAbsent } from "./client/absence";
import { redact } from "./client/redact";
import type { Definition, Method } from "./definition";
import { factsOf, idField, resourceField } from "./facts";
import { at, isObject, type Json, type JsonObject, put } from "./json";
import type { Operation } from "./operation";
import { steps } from "./path";
import { isGone } from "./phase";

/** Reads an object; undefined where it is absent or counts as deleted. Inputs name the scope of kinds without a get. */
export async function find(
  definition: Definition,
  { client, signal }: Operation,
  id: string,
  inputs: JsonObject | undefined,
): Promise<JsonObject | undefined> {
  const { get } = definition;
  const remote = get
    ? await orAbsent(
        client
          .call(get, { [idField(definition, get)]: id }, { signal })
          .then((answer) => objectIn(definition, get, answer)),
      )
    : await findInList(definition, client, id, inputs, signal);
  return remote && !isGone(definition, remote) ? remote : undefined;
}

/** Returns the object that an answer carries, as proto-JSON. */
export function objectIn(definition: Definition, method: Method, answer: Message): JsonObject | undefined {
  const f = resourceField(definition, method);
  const object = f && (answer as unknown as { [name: string]: Message | undefined })[f.localName];
  return object && (toJson(factsOf(definition).resource, object) as JsonObject);
}

/** Returns the outputs that are stored of an object: without what changes by itself, and without secrets in its words. */
export function outputsOf(definition: Definition, remote: JsonObject, secrets: readonly string[]): JsonObject {
  const { id: _, ...outputs } = structuredClone(remote);
  for (const path of definition.unstored ?? []) remove(outputs, steps(path));
  const why = definition.phase?.why && steps(definition.phase.why);
  const words = why && at(outputs, why);
  if (words !== undefined && why) put(outputs, why, redacted(words, secrets));
  return outputs;
}

async function findInList(
  definition: Definition,
  client: Operation["client"],
  id: string,
  inputs: JsonObject | undefined,
  signal: AbortSignal | undefined,
): Promise<JsonObject | undefined> {
  const { list } = definition;
  const f = list && resourceField(definition, list);
  if (!f) throw new Error(`${definition.kind} has neither a get nor a list of objects`);
  const filter: JsonObject = {};
  for (const path of definition.within ?? []) {
    const scope = inputs && at(inputs, steps(path));
    if (scope !== undefined) put(filter, steps(path), scope);
  }
  const tokens = new Set<string>();
  for (let token = ""; ; ) {
    const answer = toJson(
      list.output,
      await client.call(list, { pagination: { pageSize, token }, filter }, { signal }),
    );
    const page = at(answer as Json, [f.jsonName]);
    const found = Array.isArray(page) ? page.filter(isObject).find((object) => object.id === id) : undefined;
    if (found) return found;
    const next = at(answer as Json, ["pagination", "nextToken"]);
    if (typeof next !== "string" || next === "") return undefined;
    if (tokens.has(next)) throw new Error(`${list.name} gave the same page twice`);
    tokens.add(next);
    token = next;
  }
}

/** The most that the API gives at a time. */
const pageSize = 100;

function remove(value: Json | undefined, [step, ...rest]: readonly string[]): void {
  if (step === "[]" && Array.isArray(value)) for (const entry of value) remove(entry, rest);
  else if (isObject(value) && step !== undefined) {
    if (rest.length === 0) delete value[step];
    else remove(value[step], rest);
  }
}

function redacted(words: Json, secrets: readonly string[]): Json {
  if (Array.isArray(words)) return words.map((word) => redacted(word, secrets));
  return typeof words === "string" ? redact(words, secrets) : words;
}
