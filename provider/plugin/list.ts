import { type ListRequest, ListResponse } from "@pulumi/pulumi/proto/provider_pb";
import { checkFilter } from "../check/filter";
import { orAbsent } from "../client/error/absence";
import { identity } from "../client/identity";
import { addressOf, isTokensOwn } from "../model/address";
import type { Definition } from "../model/definition";
import { type Operation, quiet } from "../model/operation";
import { nameOf } from "../model/remote-object";
import { acting } from "../reading/acting";
import { objectIn } from "../reading/find";
import { idOfImport, inputsOfAccount } from "../reading/import-id";
import { namedRequest } from "../reading/named-request";
import { largestPage, type Page, pagesOf } from "../reading/pages";
import { hasUnknown, type JsonObject } from "../value/json";
import { show } from "../value/path";
import { openStruct } from "./envelope";
import type { Serving } from "./instance";
import { definitionOf } from "./kinds";

/**
 * Lists objects of a kind, each with the id by which it is imported: one page where Pulumi says how long pages shall be,
 * else all of them.
 */
export async function* list(serving: Serving, request: ListRequest): AsyncGenerator<ListResponse> {
  const definition = definitionOf(request.getToken());
  const filter = checkedFilter(definition, openStruct(request.getQuery()).value);
  const client = hasUnknown(filter) ? undefined : await serving.connection.client(definition);
  if (!client) return yield new ListResponse().setComputed(new ListResponse.Computed());
  const [most, length] = [orNone(request.getLimit()), orNone(request.getPageSize())];
  const { memory, signal } = serving.run();
  const start = { token: request.getContinuationToken(), pageSize: Math.min(most, length, largestPage) };
  let missing = most;
  try {
    const pages = isTokensOwn(definition)
      ? theOnlyOne(definition, { client, signal })
      : pagesOf(definition, await named(definition, { ...quiet(), client, memory, signal }, filter), filter, start);
    for await (const { objects, next } of pages) {
      const found = objects.slice(0, missing);
      for (const object of found) yield new ListResponse().setResult(resultOf(definition, object));
      missing -= found.length;
      if (missing === 0) return;
      if (length === Number.POSITIVE_INFINITY) continue;
      if (next !== "") yield new ListResponse().setContinuation(continuation(next));
      return;
    }
  } catch (error) {
    throw client.explain(attempted(definition), error);
  }
}

/** Returns the operation in the name of the account whose business is listed: `subjectId` of a condition is its `subject.id`. */
async function named(definition: Definition, operation: Operation, filter: JsonObject): Promise<Operation> {
  const { as } = definition;
  const accountId = as && filter[as.account.replaceAll(/\.(.)/g, (_, first: string) => first.toUpperCase())];
  if (!as || typeof accountId !== "string") return operation;
  const { subjectId } = await identity(operation.client);
  return subjectId === accountId
    ? operation
    : acting(definition, operation, { inputs: inputsOfAccount(as, accountId) });
}

async function* theOnlyOne(
  definition: Definition,
  { client, signal }: Pick<Operation, "client" | "signal">,
): AsyncGenerator<Page> {
  const { kind, get } = definition;
  const id = addressOf(definition, {}, await identity(client));
  if (!get || id === undefined) throw new Error(`${kind} has no list`);
  const answer = await orAbsent(
    client.call(get, await namedRequest(definition, { client }, get, id), { signal, reads: true }),
  );
  const object = answer && objectIn(definition, get, answer, id);
  yield { objects: object ? [object] : [], next: "" };
}

function checkedFilter(definition: Definition, query: JsonObject): JsonObject {
  const { filter, failures } = checkFilter(definition, query);
  const reasons = failures.map(({ path, reason }) => `${show(path)}: ${reason}`);
  if (reasons.length > 0) throw new Error(`${attempted(definition)}: ${reasons.join("; ")}`);
  return filter;
}

function resultOf(definition: Definition, object: JsonObject): ListResponse.Result {
  const name = nameOf(object);
  return new ListResponse.Result().setId(idOfImport(definition, object)).setName(typeof name === "string" ? name : "");
}

const continuation = (token: string): ListResponse.Continuation =>
  new ListResponse.Continuation().setContinuationToken(token);

const attempted = ({ kind }: Definition): string => `could not list objects of the kind ${kind}`;

/** A count of zero sets no limit. */
const orNone = (count: number): number => (count > 0 ? count : Number.POSITIVE_INFINITY);
