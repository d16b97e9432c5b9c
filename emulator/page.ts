import { type CountRequest, CountResponseRelation } from "../proto/gen/gitpod/v1/count_pb";
import type { PaginationRequest } from "../proto/gen/gitpod/v1/pagination_pb";
import { invalid } from "./refusal";

const defaultPageSize = 25;

/** What a list request says about the page that it wants. */
export interface PageRequest {
  readonly pagination?: PaginationRequest | undefined;
  readonly count?: CountRequest | undefined;
}

/** One page of rows, with what the response says about it. */
export interface Page<Item> {
  readonly items: Item[];
  readonly pagination: { readonly nextToken: string };
  /** Set on the first page only, when the request asks for it. */
  readonly count?: { readonly value: number; readonly relation: CountResponseRelation };
}

/** Cuts the page that a request asks for out of all matching rows, which come in their final order. */
export function cutPage<Item extends { readonly id: string }>(rows: Item[], request: PageRequest): Page<Item> {
  const token = request.pagination?.token ?? "";
  const size = request.pagination?.pageSize || defaultPageSize;
  const start = token === "" ? 0 : startAfter(rows, token);
  const items = rows.slice(start, start + size);
  const last = items.at(-1);
  const more = last !== undefined && start + size < rows.length;
  const counted = request.count?.include === true && token === "";
  return {
    items,
    pagination: { nextToken: more ? encode({ id: last.id, position: start + size }) : "" },
    ...(counted ? { count: { value: rows.length, relation: CountResponseRelation.EQ } } : {}),
  };
}

/** Whether a filter list keeps a value; an empty list keeps everything. */
export function keeps<Value>(list: readonly Value[] | undefined, value: Value): boolean {
  return list === undefined || list.length === 0 || list.includes(value);
}

interface Mark {
  id: string;
  position: number;
}

function startAfter(rows: readonly { readonly id: string }[], token: string): number {
  const mark = decode(token);
  const index = rows.findIndex((row) => row.id === mark.id);
  return index === -1 ? Math.max(0, mark.position - 1) : index + 1;
}

function encode(mark: Mark): string {
  return Buffer.from(JSON.stringify(mark)).toString("base64url");
}

function decode(token: string): Mark {
  try {
    const mark: Partial<Mark> = JSON.parse(Buffer.from(token, "base64url").toString());
    if (typeof mark.id === "string" && typeof mark.position === "number") {
      return { id: mark.id, position: mark.position };
    }
  } catch {
    // Falls through to the refusal below.
  }
  throw invalid("pagination.token: not a token of an earlier page");
}
