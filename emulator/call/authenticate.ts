import { MethodOptions_IdempotencyLevel as Idempotency } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, type Interceptor } from "@connectrpc/connect";
import { type Caller, callerKey } from "../caller";
import { denied } from "../refusal";
import type { Site } from "../site";

/** Finds out who calls, and refuses writes of tokens that may only read. */
export function authentication(site: Site): Interceptor {
  return (next) => (request) => {
    const caller = authenticate(site, request.header);
    const reads = request.method.idempotency === Idempotency.NO_SIDE_EFFECTS || harmless.has(request.method.name);
    if (caller.readOnly && !reads) {
      throw denied("the token is read-only");
    }
    request.contextValues.set(callerKey, caller);
    return next(request);
  };
}

/** The caller behind the bearer token of a request. */
export function authenticate(site: Site, header: Headers): Caller {
  const text = /^Bearer (.+)$/.exec(header.get("authorization") ?? "")?.[1] ?? "";
  const token = site.world.tokens.get(text);
  if (token === undefined || token.revoked) {
    throw new ConnectError(text === "" ? "missing bearer token" : "invalid bearer token", Code.Unauthenticated);
  }
  const { subject, organizationId, readOnly } = token;
  return { id: subject.id, principal: subject.principal, organizationId, readOnly };
}

/** Calls that change nothing although the API does not declare it. */
const harmless = new Set([
  "WatchEvents",
  "ParseContextURL",
  "CheckAuthenticationForHost",
  "CheckRepositoryAccess",
  "SearchRepositories",
]);
