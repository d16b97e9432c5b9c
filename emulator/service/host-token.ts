import { create } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import { Principal, SubjectSchema } from "../../proto/gen/gitpod/v1/identity_pb";
import type { RunnerConfigurationService } from "../../proto/gen/gitpod/v1/runner_configuration_pb";
import { callerOf, find } from "../caller";
import { plainCalls } from "../plain";
import { denied, invalid } from "../refusal";
import type { Site } from "../site";

/** Answers the calls of the runner configuration service that keep tokens of hosts; they are their subject's alone. */
export function hostTokenCalls(
  site: Site,
): Pick<
  ServiceImpl<typeof RunnerConfigurationService>,
  | "createHostAuthenticationToken"
  | "getHostAuthenticationToken"
  | "listHostAuthenticationTokens"
  | "updateHostAuthenticationToken"
  | "deleteHostAuthenticationToken"
> {
  const { hostAuthenticationTokens: table, runners, scmIntegrations } = site.world;
  const tokens = plainCalls(site, table, {
    settle: ({ runnerId, integrationId }, caller) => {
      find(runners, caller, runnerId);
      if (integrationId !== "" && find(scmIntegrations, caller, integrationId).remote.runnerId !== runnerId) {
        throw invalid(`integration_id: ${integrationId} is of another runner`);
      }
    },
    // `host-token-read-lags`: The vendor says that reads may lag behind an update; the emulator chose one read of the
    // token, by id or in a list.
    show: (shown, { owed }) => {
      if (owed.before !== undefined) {
        const { scopes, expiresAt } = table.read(owed.before);
        delete owed.before;
        delete shown.expiresAt;
        Object.assign(shown, { scopes, ...(expiresAt === undefined ? {} : { expiresAt }) });
      }
    },
  });
  return {
    createHostAuthenticationToken: (request, context) => {
      const { id, principal } = callerOf(context);
      const { subject = { id: request.userId || id, principal }, token, refreshToken } = request;
      // `host-token-of-subject`: Facts are silent on tokens for somebody else; the emulator refuses them.
      if (subject.id !== id || subject.principal !== principal) {
        throw denied("a token of a host is made by its subject");
      }
      return {
        token: tokens.add(request, context, { token, refreshToken }, ({ remote }) => {
          remote.subject = create(SubjectSchema, { id, principal });
          remote.userId = principal === Principal.USER ? id : "";
        }),
      };
    },
    getHostAuthenticationToken: ({ id }, context) => ({ token: tokens.get(id, context) }),
    listHostAuthenticationTokens: (request, context) => {
      const { runnerId, userId, subjectId } = request.filter ?? {};
      return tokens.list(
        request,
        context,
        (items) => ({ tokens: items }),
        (token) =>
          (runnerId === undefined || token.runnerId === runnerId) &&
          (userId === undefined || token.userId === userId) &&
          (subjectId === undefined || token.subject?.id === subjectId),
      );
    },
    updateHostAuthenticationToken: (request, context) => {
      const row = find(table, callerOf(context), request.id);
      const before = table.write(row.remote);
      tokens.change(request.id, request, context, ({ owed }) => {
        owed.token = request.token ?? owed.token;
        owed.refreshToken = request.refreshToken ?? owed.refreshToken;
      });
      if (!site.otherwise("host-token-read-lags")) {
        row.owed.before = before;
      }
      return {};
    },
    deleteHostAuthenticationToken: ({ id }, context) => tokens.drop(id, context),
  };
}
