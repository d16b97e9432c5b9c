import { toJson } from "@bufbuild/protobuf";
import type { Definition } from "./definition";
import { field } from "./descriptor";
import { resourceField } from "./facts";
import { at, isObject, type Json, type JsonObject, put } from "./json";
import type { Operation } from "./operation";
import { steps } from "./path";

/** A part of a list. */
export interface Page {
  readonly objects: JsonObject[];
  /** What asks for the page after it; empty where there is none. */
  readonly next: string;
}

/** Where a list begins, and how many objects a page may have. */
export interface Start {
  readonly token?: string;
  readonly pageSize?: number;
}

/** Returns the pages of a list, one after the other. */
export async function* pagesOf(
  definition: Definition,
  { client, signal }: Pick<Operation, "client" | "signal">,
  filter: JsonObject,
  { token: first = "", pageSize = largestPage }: Start = {},
): AsyncGenerator<Page> {
  const { list } = definition;
  const f = list && resourceField(definition, list);
  if (!f) throw new Error(`${definition.kind} has no list`);
  const tokens = new Set<string>();
  for (let token = first; tokens.size < mostPages; ) {
    const answer = await client.call(list, { pagination: { pageSize, token }, filter }, { signal });
    const json = toJson(list.output, answer) as Json;
    const page = at(json, [f.jsonName]);
    const next = at(json, ["pagination", "nextToken"]);
    const isLast = typeof next !== "string" || next === "";
    yield { objects: Array.isArray(page) ? page.filter(isObject) : [], next: isLast ? "" : next };
    if (isLast) return;
    if (tokens.has(next)) throw new Error(`${list.name} gives the same page again and again`);
    tokens.add(next);
    token = next;
  }
  throw new Error(`${list.name} has not come to an end after ${mostPages} pages`);
}

/** Returns all objects of a list. */
export async function allOf(
  definition: Definition,
  operation: Pick<Operation, "client" | "signal">,
  filter: JsonObject,
): Promise<JsonObject[]> {
  const all: JsonObject[] = [];
  for await (const { objects } of pagesOf(definition, operation, filter)) all.push(...objects);
  return all;
}

/** Returns the part of a filter without which a list does not find objects of the kind. */
export function scopeFilter(definition: Definition, inputs: JsonObject | undefined): JsonObject {
  const filter: JsonObject = {};
  for (const path of definition.within ?? []) {
    const scope = inputs && at(inputs, steps(path));
    if (scope !== undefined) put(filter, steps(path), scope);
  }
  return filter;
}

/** Returns when an object was created, in milliseconds since the epoch, where it says so. */
export function createdAt(object: JsonObject): number | undefined {
  const text = at(object, ["metadata", "createdAt"]) ?? at(object, ["createdAt"]);
  return typeof text === "string" ? Date.parse(text) : undefined;
}

/** Returns the name of an object that has one. */
export const nameOf = (object: JsonObject): Json | undefined =>
  at(object, ["metadata", "name"]) ?? at(object, ["name"]);

/** Returns the part of a filter that keeps objects of one creator, archived ones included, as far as a list can. */
export function ownFilter({ list }: Definition, subjectId: string): JsonObject {
  const filter = list && field(list.input, "filter")?.message;
  return {
    ...(filter && field(filter, "creatorIds") && { creatorIds: [subjectId] }),
    ...(filter && field(filter, "archivalStatus") && { archivalStatus: "ARCHIVAL_STATUS_ALL" }),
  };
}

/** The most that the API gives at a time. */
export const largestPage = 100;

/** Beyond that a list counts as endless. */
const mostPages = 1000;
