import { type Message, toJson } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { orAbsent } from "../client/error/absence";
import { redact } from "../client/error/redact";
import { unmarked } from "../mapping/origin";
import type { Definition } from "../model/definition";
import type { Method } from "../model/descriptor";
import type { Operation } from "../model/operation";
import { isGone, reported, reportPath, volatile } from "../model/phase";
import { factsOf, idField, resourceField } from "../model/shape";
import type { Clue } from "../model/state";
import { type Json, type JsonObject, withAt, withoutAt } from "../value/json";
import { steps } from "../value/path";
import { pagesOf, scopeFilter } from "./pages";

/** Reads an object; undefined where it is absent or counts as deleted. */
export async function find(
  definition: Definition,
  operation: Operation,
  id: string,
  clue: Clue = {},
): Promise<JsonObject | undefined> {
  const { find: own, get } = definition;
  const { client, signal } = operation;
  if (own) return own(operation, id, clue);
  // NOT_FOUND from a list means that its scope is gone, and the object with it.
  const remote = await orAbsent(
    get
      ? client
          .call(get, { [idField(definition, get)]: id }, { signal })
          .then((answer) => theAsked(definition, id, objectIn(definition, get, answer)))
      : findInList(definition, operation, id, clue.inputs),
  );
  return remote && !isGone(definition, remote) ? remote : undefined;
}

/** Refuses an answer about another object, which would lead to changes of that one. */
function theAsked({ kind, get }: Definition, id: string, remote: JsonObject | undefined): JsonObject {
  if (remote?.id === id) return remote;
  const other = remote === undefined ? "no object" : `the object ${remote.id || "without an id"}`;
  throw new ConnectError(`${get?.name} of ${kind} ${id} answered with ${other}`, Code.DataLoss);
}

/** Returns the object that an answer carries, as proto-JSON. */
export function objectIn(definition: Definition, method: Method, answer: Message): JsonObject | undefined {
  const f = resourceField(definition, method);
  const object = f && (answer as unknown as { [name: string]: Message | undefined })[f.localName];
  return object && (toJson(factsOf(definition).resource, object) as JsonObject);
}

/**
 * Returns the outputs that are stored of an object: without what changes by itself or is told after a write only, and
 * without secrets in its words.
 */
export function outputsOf(definition: Definition, remote: JsonObject, secrets: readonly string[]): JsonObject {
  const { id: _, ...all } = unmarked(definition, remote);
  const paths = [...volatile(definition), ...(definition.writeOnly ?? [])].map(steps);
  const outputs = paths.reduce<JsonObject>(withoutAt, all);
  const words = reported(definition, outputs, "failureMessage");
  if (words === undefined) return outputs;
  return withAt(outputs, steps(reportPath(definition, "failureMessage")!), redacted(words, secrets));
}

async function findInList(
  definition: Definition,
  operation: Operation,
  id: string,
  inputs: JsonObject | undefined,
): Promise<JsonObject | undefined> {
  const filter = scopeFilter(definition, inputs);
  for await (const { objects } of pagesOf(definition, operation, filter)) {
    const found = objects.find((object) => object.id === id);
    if (found) return found;
  }
  return undefined;
}

function redacted(words: Json, secrets: readonly string[]): Json {
  if (Array.isArray(words)) return words.map((word) => redacted(word, secrets));
  return typeof words === "string" ? redact(words, secrets) : words;
}
