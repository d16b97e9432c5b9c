import { Code, ConnectError, type Interceptor } from "@connectrpc/connect";
import { type Caller, callerKey } from "../caller";
import { denied } from "../refusal";
import { type Site, second } from "../site";
import type { Token } from "../world";
import { isRead } from "./read";

/** Which of the two APIs a token is for. */
export type Api = "gitpod" | "classic";

/** Finds out who calls, and refuses writes of tokens that may only read. */
export function authentication(site: Site, api: Api): Interceptor {
  return (next) => (request) => {
    const caller = authenticate(site, request.header, api);
    if (caller.readOnly && !isRead(request.method)) {
      throw denied("the token is read-only");
    }
    request.contextValues.set(callerKey, caller);
    return next(request);
  };
}

/** The caller behind the bearer token of a request. */
export function authenticate(site: Site, header: Headers, api: Api): Caller {
  const { tokens, serviceAccounts, serviceAccountTokens } = site.world;
  const text = /^Bearer (.+)$/.exec(header.get("authorization") ?? "")?.[1] ?? "";
  const token = tokens.get(text);
  const tokenId = token?.serviceAccountTokenId;
  const lasting = serviceAccountTokens.rows.get(tokenId ?? "");
  if (
    token === undefined ||
    token.revoked ||
    isOver(site, token) ||
    (tokenId !== undefined && lasting === undefined) ||
    !isFor(site, token, api)
  ) {
    throw new ConnectError(text === "" ? "missing bearer token" : "invalid bearer token", Code.Unauthenticated);
  }
  const { subject, organizationId, readOnly } = token;
  // `service-account-suspended`: Facts are silent on the tokens of a suspended account; the emulator refuses them.
  if (serviceAccounts.rows.get(subject.id)?.remote.suspended === true) {
    throw new ConnectError("the service account is suspended", Code.Unauthenticated);
  }
  if (lasting !== undefined) {
    lasting.remote.lastUsed = second(site);
  }
  return { id: subject.id, principal: subject.principal, organizationId, readOnly };
}

/** Whether an API knows a token; the tokens of a user of Classic end with the account. */
function isFor({ world }: Site, { classic = false, subject }: Token, api: Api): boolean {
  return api === "classic" ? classic && world.classicUsers.rows.has(subject.id) : !classic;
}

function isOver(site: Site, { until }: Token): boolean {
  return until !== undefined && until <= site.now();
}
