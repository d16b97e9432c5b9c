import { randomUUID } from "node:crypto";
import { type DescMethodUnary, fromJson, toJson } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { IdentityService, Principal } from "../../proto/gen/gitpod/v1/identity_pb";
import { isObject, type JsonObject } from "../../provider/value/json";
import { serve } from "../client/loopback";

/** The organization that everybody belongs to. */
export const organizationId = "01900000-0000-7000-8000-000000000001";

/** An API that knows who calls, and badges. */
export interface BadgeServer {
  readonly url: string;
  badges(): JsonObject[];
  /** Writes a badge behind the back of every program, a new one where it has no id, and returns the id. */
  put(badge: JsonObject): string;
  /** Returns the calls that changed something since the last time. */
  takeWrites(): string[];
}

/** Serves badges by the methods of their service, as generated code describes them. */
export async function serveBadges(methods: readonly DescMethodUnary[]): Promise<BadgeServer> {
  const badges = new Map<string, JsonObject>();
  const writes: string[] = [];
  const put = (badge: JsonObject): string => {
    const { id = randomUUID(), createdAt = new Date().toISOString() } = badge;
    badges.set(String(id), { ...badge, id, createdAt });
    return String(id);
  };
  const found = (id: unknown): JsonObject => {
    const badge = badges.get(String(id));
    if (!badge) throw new ConnectError("there is no such badge", Code.NotFound);
    return badge;
  };
  const answers: Record<string, (request: JsonObject) => JsonObject> = {
    createBadge: (badge) => ({ badge: found(put(badge)) }),
    getBadge: ({ id }) => ({ badge: found(id) }),
    listBadges: () => ({ badges: [...badges.values()] }),
    updateBadge: ({ badgeId, ...changes }) => ({ badge: found(put({ ...found(badgeId), ...changes })) }),
    deleteBadge: ({ badgeId }) => {
      badges.delete(String(found(badgeId).id));
      return {};
    },
  };
  const listener = connectNodeAdapter({
    requestPathPrefix: "/api",
    routes: (router) => {
      router.service(IdentityService, {
        getAuthenticatedIdentity: () => ({
          organizationId,
          subject: { id: "01900000-0000-7000-8000-000000000002", principal: Principal.USER },
        }),
      });
      for (const method of methods) {
        router.rpc(method, (message) => {
          if (!/^(get|list)/.test(method.localName)) writes.push(method.name);
          const request = toJson(method.input, message);
          return fromJson(method.output, answers[method.localName]!(isObject(request) ? request : {}));
        });
      }
    },
  });
  const { url } = await serve(listener);
  return { url, badges: () => [...badges.values()], put, takeWrites: () => writes.splice(0) };
}
