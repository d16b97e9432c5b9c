import { type Message, toJson } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { orAbsent } from "../client/error/absence";
import { redact } from "../client/error/redact";
import { unmarked } from "../mapping/origin";
import { identified, ownId } from "../model/address";
import type { Definition } from "../model/definition";
import type { Method } from "../model/descriptor";
import type { Operation } from "../model/operation";
import { isGone, reported, reportPath, volatile } from "../model/phase";
import { factsOf, resourceField } from "../model/shape";
import type { Clue } from "../model/state";
import { isToldAnew } from "../model/told-once";
import { type Json, type JsonObject, withAt, withoutAt } from "../value/json";
import { steps } from "../value/path";
import { namedRequest } from "./named-request";
import { idsFilter, pagesOf, scopeFilter } from "./pages";

/** Reads an object; undefined where it is absent or counts as deleted. */
export async function find(
  definition: Definition,
  operation: Operation,
  id: string,
  clue: Clue = {},
): Promise<JsonObject | undefined> {
  const { find: own, get } = definition;
  const { client, clock, signal } = operation;
  if (own) return own(operation, id, clue);
  // An answer that cannot carry the object says that what was last seen is there, which the request then names.
  const isUnshown = get !== undefined && !canCarry(definition, get);
  const seen = isUnshown && clue.remote ? identified(definition, clue.remote, id) : undefined;
  if (isUnshown && !seen?.[ownId]) return undefined;
  // NOT_FOUND from a list means that its scope is gone, and the object with it.
  const remote = await orAbsent(
    get
      ? client
          .call(get, await namedRequest(definition, operation, get, id, seen?.[ownId]), { signal, reads: true })
          .then((answer) => theAsked(definition, id, isUnshown ? seen : objectIn(definition, get, answer, id)))
      : findInList(definition, operation, id, clue.inputs),
  );
  const isThere = remote && !isGone(definition, remote, clock.now()) && !isToldAnew(definition, remote, clue.remote);
  return isThere ? remote : undefined;
}

/** Refuses an answer about another object, which would lead to changes of that one. */
function theAsked(
  { kind, address, get }: Definition,
  id: string,
  remote: JsonObject | undefined,
): JsonObject | undefined {
  // An address may lead to nothing at all.
  if (remote?.id === id || (address && !remote)) return remote;
  const other = remote === undefined ? "no object" : `the object ${remote.id || "without an id"}`;
  throw new ConnectError(`${get?.name} of ${kind} ${id} answered with ${other}`, Code.DataLoss);
}

/** Whether an answer to a call can carry the object or be it. */
const canCarry = (definition: Definition, method: Method): boolean =>
  method.output === factsOf(definition).resource || resourceField(definition, method) !== undefined;

/** Returns the object that an answer carries or is, as proto-JSON, under the id by which Pulumi knows it. */
export function objectIn(
  definition: Definition,
  method: Method,
  answer: Message,
  asked?: string,
): JsonObject | undefined {
  const { resource } = factsOf(definition);
  const f = resourceField(definition, method);
  const carried = f && (answer as unknown as { [name: string]: Message | undefined })[f.localName];
  const object = method.output === resource ? answer : carried;
  return object && identified(definition, toJson(resource, object) as JsonObject, asked);
}

/**
 * Returns the outputs that are stored of an object: without what changes by itself or is told once or after a write only,
 * and without secrets in its words.
 */
export function outputsOf(definition: Definition, remote: JsonObject, secrets: readonly string[]): JsonObject {
  const { id: _, [ownId]: __, ...all } = unmarked(definition, remote);
  const told = Object.keys(definition.once ?? {});
  const paths = [...volatile(definition), ...factsOf(definition).writeOnly, ...told].map(steps);
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
  const filter = { ...scopeFilter(definition, inputs), ...idsFilter(definition, [id]) };
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
