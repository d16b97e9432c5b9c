import type { Interceptor } from "@connectrpc/connect";
import { concurrency } from "./concurrency";
import { deadline } from "./deadline";
import { retry } from "./retry";
import { userAgent } from "./user-agent";

/** Returns everything that each call passes on its way out, in that order; a transport in memory takes the same list. */
export function interceptors(token: string): Interceptor[] {
  // The bound and the deadline are those of one attempt: whoever waits to try again stands in nobody's way.
  return [agent, authorization(token), retry, concurrency(), deadline];
}

/** Returns what the header `Authorization` says of a token. */
export const bearer = (token: string): string => `Bearer ${token}`;

/** A call that brings a token of its own keeps it. */
const authorization =
  (token: string): Interceptor =>
  (next) =>
  (request) => {
    if (!request.header.has("Authorization")) request.header.set("Authorization", bearer(token));
    return next(request);
  };

// The library names itself before any interceptor.
const agent: Interceptor = (next) => (request) => {
  request.header.set("User-Agent", userAgent());
  return next(request);
};
