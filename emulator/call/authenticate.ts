import { Code, ConnectError, type Interceptor } from "@connectrpc/connect";
import { type Caller, callerKey } from "../caller";
import { denied } from "../refusal";
import { type Site, second } from "../site";
import type { Token } from "../world";
import { isRead } from "./read";

/** Finds out who calls, and refuses writes of tokens that may only read. */
export function authentication(site: Site): Interceptor {
  return (next) => (request) => {
    const caller = authenticate(site, request.header);
    if (caller.readOnly && !isRead(request.method)) {
      throw denied("the token is read-only");
    }
    request.contextValues.set(callerKey, caller);
    return next(request);
  };
}

/** The caller behind the bearer token of a request. */
export function authenticate(site: Site, header: Headers): Caller {
  const { tokens, serviceAccounts, serviceAccountTokens } = site.world;
  const text = /^Bearer (.+)$/.exec(header.get("authorization") ?? "")?.[1] ?? "";
  const token = tokens.get(text);
  const tokenId = token?.serviceAccountTokenId;
  const lasting = serviceAccountTokens.rows.get(tokenId ?? "");
  if (token === undefined || token.revoked || isOver(site, token) || (tokenId !== undefined && lasting === undefined)) {
    throw new ConnectError(text === "" ? "missing bearer token" : "invalid bearer token", Code.Unauthenticated);
  }
  const { subject, organizationId, readOnly } = token;
  // Facts are silent on the tokens of a suspended account; the emulator refuses them.
  if (serviceAccounts.rows.get(subject.id)?.remote.suspended === true) {
    throw new ConnectError("the service account is suspended", Code.Unauthenticated);
  }
  if (lasting !== undefined) {
    lasting.remote.lastUsed = second(site);
  }
  return { id: subject.id, principal: subject.principal, organizationId, readOnly };
}

function isOver(site: Site, { until }: Token): boolean {
  return until !== undefined && until <= site.now();
}
