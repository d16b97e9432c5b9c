import { type DescField, type DescMessage, type JsonWriteOptions, toJson } from "@bufbuild/protobuf";
import { identified, partsOf, withOrganization } from "../model/address";
import type { Definition } from "../model/definition";
import { field, type Method } from "../model/descriptor";
import type { Operation } from "../model/operation";
import { isGone } from "../model/phase";
import { idName, resourceField } from "../model/shape";
import { at, isObject, type Json, type JsonObject, put } from "../value/json";
import { steps } from "../value/path";
import { organizationFor } from "./named-request";

/** What a list of objects takes of an operation. */
type Listing = Pick<Operation, "client" | "clock" | "signal">;

/** A part of a list of objects. */
export interface Page {
  readonly objects: JsonObject[];
  /** What asks for the page after it; empty where there is none. */
  readonly next: string;
}

/** Where a list begins, and how many objects a page may have. */
export interface Start {
  readonly token?: string;
  readonly pageSize?: number;
  /** Whether the oldest shall come first, where the list can be told so. */
  readonly oldestFirst?: boolean;
  /** How entries are written as JSON. */
  readonly json?: Partial<JsonWriteOptions>;
}

/** Reads a list of objects page by page. What counts as gone is passed over, so that it stands for no other object. */
export async function* pagesOf(
  definition: Definition,
  operation: Listing,
  filter: JsonObject,
  { oldestFirst = false, ...start }: Start = {},
): AsyncGenerator<Page> {
  const { list } = definition;
  const f = list && resourceField(definition, list);
  if (!f) throw new Error(`${definition.kind} has no list`);
  const sort = oldestFirst && sortById(list);
  const conditions = withOrganization(list, placed(list, filter), await organizationFor(operation, list));
  const request = { ...conditions, ...(sort && { sort }) };
  for await (const { entries, next } of entriesOf({ list, f }, operation, request, start)) {
    const objects = entries.filter(isObject).filter((object) => !isGone(definition, object, operation.clock.now()));
    yield { objects: objects.map((object) => identified(definition, object, conditions)), next };
  }
}

/** Makes a call that lists page by page, or all at once; the entries are in this field of each answer. */
export async function* entriesOf(
  { list, f }: { readonly list: Method; readonly f: DescField },
  { client, signal }: Pick<Operation, "client" | "signal">,
  request: JsonObject,
  { token: first = "", pageSize = largestPage, json = {} }: Omit<Start, "oldestFirst"> = {},
): AsyncGenerator<{ readonly entries: readonly Json[]; readonly next: string }> {
  const tokens = new Set<string>();
  for (let token = first; tokens.size < mostPages; ) {
    const answer = await client.call(
      list,
      { ...request, ...pageOf(list, { pageSize, token }) },
      { signal, reads: true },
    );
    const page = toJson(list.output, answer, json) as Json;
    const entries = at(page, [f.jsonName]);
    const next = at(page, ["pagination", "nextToken"]);
    const isLast = typeof next !== "string" || next === "";
    yield { entries: Array.isArray(entries) ? entries : [], next: isLast ? "" : next };
    if (isLast) return;
    if (tokens.has(next)) throw new Error(`${list.name} gave the same page twice`);
    tokens.add(next);
    token = next;
  }
  throw new Error(`${list.name} did not end after ${mostPages} pages`);
}

/** Returns the part of a list request that says which page it asks for, as far as it can. */
function pageOf({ input }: Method, page: JsonObject): JsonObject {
  const pagination = messageIn(input, "pagination");
  if (!pagination) return {};
  return { pagination: Object.fromEntries(Object.entries(page).filter(([name]) => field(pagination, name))) };
}

/** Whether a list may have more than it shows: its one page came full, and no request asks for what comes after it. */
export function isCutShort({ input }: Method, entries: readonly unknown[]): boolean {
  const pagination = messageIn(input, "pagination");
  return pagination !== undefined && !field(pagination, "token") && entries.length >= largestPage;
}

/**
 * Returns the part of a list request that has these conditions: at its top, or in its filter, as one or as a list of one.
 * A list without a filter knows no others.
 */
export function placed({ input }: Method, filter: JsonObject): JsonObject {
  const request: JsonObject = {};
  const conditions = messageIn(input, "filter");
  for (const [name, value] of Object.entries(filter)) {
    if (field(input, name)) request[name] = value;
    else if (conditions && field(conditions, name)) put(request, ["filter", name], value);
    else if (conditions) put(request, ["filter", `${name}s`], [value]);
  }
  return request;
}

/** Returns all objects of a list. */
export async function allOf(definition: Definition, operation: Listing, filter: JsonObject): Promise<JsonObject[]> {
  const all: JsonObject[] = [];
  for await (const { objects } of pagesOf(definition, operation, filter)) all.push(...objects);
  return all;
}

/** Ids grow with time, so that their order is that of creation. */
function sortById(list: Method): JsonObject | undefined {
  const by = messageIn(list.input, "sort");
  const property = by && field(by, "field");
  if (!property) return undefined;
  const id = property.enum ? property.enum.values.find(({ name }) => name.endsWith("_ID"))?.name : "id";
  return id === undefined ? undefined : { field: id, order: "SORT_ORDER_ASC" };
}

const messageIn = (message: DescMessage, name: string): DescMessage | undefined => field(message, name)?.message;

/** Returns the field by which a list is filtered by ids, where it can be. */
export function idsField(definition: Definition): string | undefined {
  const filter = definition.list && messageIn(definition.list.input, "filter");
  return filter && field(filter, `${idPart(definition)}s`)?.jsonName;
}

/** Returns the part of a filter that names these objects; nothing where a list cannot be asked for some by their ids. */
export function idsFilter(definition: Definition, ids: readonly string[]): JsonObject {
  const name = idsField(definition);
  const own = definition.address ? ids.map((id) => at(partsOf(definition, id), [idPart(definition)]) ?? id) : ids;
  return name === undefined ? {} : { [name]: [...new Set(own)] };
}

/** The name of an object's own id; of an address the only part beside the organization, where nothing else narrows a list. */
function idPart(definition: Definition): string {
  const { address, within } = definition;
  const [part, ...others] = (address ?? [idName(definition)]).filter((each) => each !== "organizationId");
  return others.length === 0 && !(address && within) ? (part ?? "") : "";
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

/** Returns the part of a filter that keeps what has the same parent, where an input names one that a list knows. */
export function parentFilter({ list, within }: Definition, inputs: JsonObject): JsonObject | undefined {
  const filter = list && !within ? messageIn(list.input, "filter") : undefined;
  const names = filter?.fields.flatMap(({ jsonName }) => (jsonName.endsWith("Ids") ? [jsonName.slice(0, -1)] : []));
  const name = names?.find((each) => inputs[each] !== undefined);
  return name === undefined ? undefined : { [name]: inputs[name] ?? "" };
}

/** Returns the filter of a list whose fields take these inputs. */
export const filterBy = (fields: { readonly [field: string]: string }, inputs: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(fields).map(([name, path]): [string, Json] => [name, [at(inputs, steps(path)) ?? ""]]),
  );

/** Returns the filter by which a list finds what has the key that inputs say, or what lives where they say. */
export const filterOf = (definition: Definition, inputs: JsonObject): JsonObject =>
  definition.identity?.by === "key" ? filterBy(definition.identity.filter, inputs) : scopeFilter(definition, inputs);

/** Returns the part of a filter that keeps objects of one creator, archived ones included, as far as a list can. */
export function ownFilter({ list }: Definition, creatorId: Json | undefined): JsonObject {
  const filter = list && messageIn(list.input, "filter");
  return {
    ...(creatorId !== undefined && filter && field(filter, "creatorIds") && { creatorIds: [creatorId] }),
    ...(filter && field(filter, "archivalStatus") && { archivalStatus: "ARCHIVAL_STATUS_ALL" }),
  };
}

/** The most that the API gives at a time. */
export const largestPage = 100;

/** Beyond that a list counts as endless. */
const mostPages = 1000;
