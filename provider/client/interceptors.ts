import type { Interceptor } from "@connectrpc/connect";
import { concurrency } from "./concurrency";
import { deadline } from "./deadline";
import { retry } from "./retry";
import { userAgent } from "./user-agent";

/** Returns everything that each call passes on its way out, in that order; a transport in memory takes the same list. */
export function interceptors(token: string): Interceptor[] {
  const headers = [header("User-Agent", userAgent()), header("Authorization", bearer(token))];
  // The bound and the deadline are those of one attempt: whoever waits to try again stands in nobody's way.
  return [...headers, retry, concurrency(), deadline];
}

/** Returns what the header `Authorization` says of a token. */
export const bearer = (token: string): string => `Bearer ${token}`;

/** A call that brings a header of its own keeps it. */
function header(name: string, value: string): Interceptor {
  return (next) => (request) => {
    if (!request.header.has(name)) request.header.set(name, value);
    return next(request);
  };
}
