import { create, toJsonString } from "@bufbuild/protobuf";
import { durationFromMs } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, type Interceptor } from "@connectrpc/connect";
import { RetryInfoSchema } from "../../proto/gen/google/rpc/error_details_pb";
import { callerKey } from "../caller";
import type { Counter, Most } from "./count";
import { callName } from "./name";

/** How many calls of one caller the API takes in a time, and how it says when it takes the next one. */
export interface Limit extends Most {
  /** A detail with the very time, or a header with whole seconds, rounded up; the detail when left out. */
  readonly says?: "RetryInfo" | "RateLimit-RetryAfter";
}

/** The limit that is set, and what came of it. */
export interface LimitBook {
  current?: { readonly limit: Limit; readonly counter: Counter } | undefined;
  /** How often each call was refused, by its method and request. */
  readonly refused: Map<string, number>;
}

/**
 * Refuses calls above the limit that is set. That such a refusal says how long to wait, and where, is known from the
 * vendor's clients. Everything else is a choice: each caller has a limit of their own, all calls count alike, a stream when
 * it is opened, and a call that is refused does not count.
 */
export function limiting(book: LimitBook): Interceptor {
  return (next) => (request) => {
    const caller = request.contextValues.get(callerKey);
    if (caller !== undefined && book.current !== undefined) {
      const { limit, counter } = book.current;
      const wait = counter.add(caller.id, limit);
      if (wait !== undefined) {
        const { method } = request;
        const asked = request.stream ? "" : ` ${toJsonString(method.input, request.message)}`;
        const call = `${callName(method)}${asked}`;
        book.refused.set(call, (book.refused.get(call) ?? 0) + 1);
        throw refusal(wait, limit);
      }
    }
    return next(request);
  };
}

function refusal(wait: number, { says = "RetryInfo" }: Limit): ConnectError {
  const message = "too many requests";
  if (says === "RateLimit-RetryAfter") {
    return new ConnectError(message, Code.ResourceExhausted, { [says]: String(Math.ceil(wait / 1000)) });
  }
  const value = create(RetryInfoSchema, { retryDelay: durationFromMs(Math.ceil(wait)) });
  return new ConnectError(message, Code.ResourceExhausted, undefined, [{ desc: RetryInfoSchema, value }]);
}
