import type { Interceptor } from "@connectrpc/connect";
import { deadline } from "./deadline";
import { userAgent } from "./user-agent";

/** Returns everything that each call passes on its way out, in that order; a transport in memory takes the same list. */
export function interceptors(token: string): Interceptor[] {
  return [header("User-Agent", userAgent()), header("Authorization", `Bearer ${token}`), deadline];
}

function header(name: string, value: string): Interceptor {
  return (next) => (request) => {
    request.header.set(name, value);
    return next(request);
  };
}
