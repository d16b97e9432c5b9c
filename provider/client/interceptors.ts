import type { Interceptor } from "@connectrpc/connect";
import { type Api, apis } from "./api";
import { concurrency } from "./concurrency";
import { deadline } from "./deadline";
import { pace } from "./pace";
import { retry } from "./retry";
import { userAgent } from "./user-agent";
import { type Tell, watch } from "./watch";

/**
 * Returns everything that each call passes on its way out, in that order; a transport in memory takes the same list. Where
 * nobody is to be told of the calls, nothing watches them.
 */
export function interceptors(
  token: string,
  { atOnce, limitPauses, rates }: Pick<Api, "atOnce" | "limitPauses" | "rates"> = apis.index,
  tell?: Tell,
): Interceptor[] {
  // The bound and the deadline are those of one attempt: whoever waits to try again stands in nobody's way.
  return [
    agent,
    authorization(token),
    retry(limitPauses),
    ...rates.map((rate) => pace(rate)),
    concurrency(atOnce),
    ...(tell ? [watch(tell)] : []),
    deadline,
  ];
}

/** Returns what the header `Authorization` says of a token. */
export const bearer = (token: string): string => `Bearer ${token}`;

/** A call in the name of another account brings its token. */
const authorization =
  (token: string): Interceptor =>
  (next) =>
  (request) => {
    if (!request.header.has("Authorization")) request.header.set("Authorization", bearer(token));
    return next(request);
  };

const agent: Interceptor = (next) => (request) => {
  request.header.set("User-Agent", userAgent());
  return next(request);
};
