import { randomBytes } from "node:crypto";
import { timestampFromMs, timestampMs } from "@bufbuild/protobuf/wkt";
import type { HandlerContext, ServiceImpl } from "@connectrpc/connect";
import { Principal } from "../../proto/gen/gitpod/v1/identity_pb";
import type { ServiceAccount, ServiceAccountService } from "../../proto/gen/gitpod/v1/service_account_pb";
import { callerOf, find } from "../caller";
import { changed } from "../change";
import { mentions } from "../message";
import { keeps } from "../page";
import { plainCalls } from "../plain";
import { denied, invalid, notFound, precondition } from "../refusal";
import type { Site } from "../site";
import type { Row } from "../table";

const halfAnHour = 30 * 60_000;

/** Answers the calls of the service account service; the lasting tokens of an account are its own business only. */
export function serviceAccountService(site: Site): Partial<ServiceImpl<typeof ServiceAccountService>> {
  const { serviceAccounts, serviceAccountTokens, tokens: bearers } = site.world;
  const accounts = plainCalls(site, serviceAccounts, {
    settle: ({ validUntil }, _caller, row) => {
      if (row === undefined && endOf(validUntil) <= site.now()) {
        throw invalid("valid_until: the time has passed");
      }
    },
    changeable: ({ id, remote }) => {
      if (remote.systemManaged) {
        throw precondition(`service account ${id} is managed by the platform`);
      }
      // `service-account-suspended`: Facts are silent on changes of a suspended account; the emulator refuses them.
      if (remote.suspended) {
        throw precondition(`service account ${id} is suspended`);
      }
    },
  });
  const tokens = plainCalls(site, serviceAccountTokens);
  const issue = (account: Row<ServiceAccount, null>, until: number, serviceAccountTokenId?: string): string => {
    const text = `emulator-account-${randomBytes(24).toString("base64url")}`;
    bearers.set(text, {
      subject: { id: account.id, principal: Principal.SERVICE_ACCOUNT },
      organizationId: account.owner.organizationId,
      readOnly: false,
      revoked: false,
      until,
      ...(serviceAccountTokenId === undefined ? {} : { serviceAccountTokenId }),
    });
    return text;
  };
  /** The account that calls; nobody else may ask for its tokens. */
  const self = (context: HandlerContext): Row<ServiceAccount, null> => {
    const caller = callerOf(context);
    if (caller.principal !== Principal.SERVICE_ACCOUNT) {
      throw denied("only a service account itself may ask for its tokens");
    }
    return find(serviceAccounts, caller, caller.id);
  };
  const own = (context: HandlerContext, id: string): string => {
    const { id: accountId } = self(context);
    if (serviceAccountTokens.rows.get(id)?.remote.serviceAccountId !== accountId) {
      throw notFound("service account token", id);
    }
    return id;
  };
  return {
    createServiceAccount: (request, context) => ({ serviceAccount: accounts.add(request, context, null) }),
    getServiceAccount: ({ serviceAccountId }, context) => ({ serviceAccount: accounts.get(serviceAccountId, context) }),
    listServiceAccounts: (request, context) =>
      accounts.list(
        request,
        context,
        (items) => ({ serviceAccounts: items }),
        ({ id, name, suspended }) =>
          (!suspended || request.filter?.includeSuspended === true) &&
          keeps(request.filter?.serviceAccountIds, id) &&
          mentions(request.filter?.search, name),
      ),
    updateServiceAccount: (request, context) => ({
      serviceAccount: accounts.change(request.serviceAccountId, request, context),
    }),
    deleteServiceAccount: ({ serviceAccountId }, context) => {
      const row = find(serviceAccounts, callerOf(context), serviceAccountId);
      if (row.remote.systemManaged) {
        throw precondition(`service account ${serviceAccountId} is managed by the platform`);
      }
      row.remote.suspended = true;
      changed(site, serviceAccounts, row);
      return {};
    },

    createServiceAccountAccessToken: ({ serviceAccountId }, context) => {
      const row = find(serviceAccounts, callerOf(context), serviceAccountId);
      if (row.remote.suspended || endOf(row.remote.validUntil) <= site.now()) {
        throw precondition(`service account ${serviceAccountId} is suspended or its time is over`);
      }
      return { token: issue(row, Math.min(site.now() + halfAnHour, endOf(row.remote.validUntil))) };
    },
    createServiceAccountToken: (request, context) => {
      const account = self(context);
      const longest = endOf(account.remote.validUntil);
      const wanted = Number(request.validFor?.seconds ?? 0n) * 1000;
      const until = wanted === 0 ? longest : Math.min(site.now() + wanted, longest);
      const serviceAccountToken = tokens.add(request, context, null, ({ remote }) => {
        Object.assign(remote, { serviceAccountId: account.id, expiresAt: timestampFromMs(until) });
      });
      return { token: issue(account, until, serviceAccountToken.id), serviceAccountToken };
    },
    getServiceAccountToken: ({ serviceAccountTokenId }, context) => ({
      token: tokens.get(own(context, serviceAccountTokenId), context),
    }),
    listServiceAccountTokens: (request, context) => {
      const { id } = self(context);
      return tokens.list(
        request,
        context,
        (items) => ({ tokens: items }),
        ({ serviceAccountId }) => serviceAccountId === id,
      );
    },
    deleteServiceAccountToken: ({ serviceAccountTokenId }, context) =>
      tokens.drop(own(context, serviceAccountTokenId), context),
  };
}

function endOf(time: ServiceAccount["validUntil"]): number {
  return time === undefined ? 0 : timestampMs(time);
}
