import { randomBytes } from "node:crypto";
import { create } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import {
  type RunnerConfigurationService,
  type SCMIntegration,
  SCMIntegrationOAuthConfigSchema,
} from "../../proto/gen/gitpod/v1/runner_configuration_pb";
import { find } from "../caller";
import { remove } from "../change";
import { keeps } from "../page";
import { plainCalls } from "../plain";
import { invalid } from "../refusal";
import { requireKey } from "../runner/key";
import type { Site } from "../site";

/** Answers the calls of the runner configuration service that connect a runner to hosts of repositories. */
export function scmIntegrationCalls(
  site: Site,
): Pick<
  ServiceImpl<typeof RunnerConfigurationService>,
  "createSCMIntegration" | "getSCMIntegration" | "listSCMIntegrations" | "updateSCMIntegration" | "deleteSCMIntegration"
> {
  const { scmIntegrations, runners } = site.world;
  const integrations = plainCalls(site, scmIntegrations, {
    settle: ({ runnerId, scmId, host }, caller) => {
      find(runners, caller, runnerId);
      if (scmId === "" || host === "") {
        throw invalid("scm_id, host: both are required");
      }
    },
    // `scm-integration-key`: Facts are silent on what is unique; one host of one kind can be connected to a runner
    // once.
    key: ({ runnerId, scmId, host }) => `runner ${runnerId} and ${scmId} at ${host}`,
    show: (shown) => {
      if (shown.virtualDirectory === "") {
        delete shown.virtualDirectory;
      }
    },
  });
  return {
    createSCMIntegration: (request, context) => {
      const { id } = integrations.add(request, context, { value: "" }, (row) => setOAuth(site, row, request));
      return { id };
    },
    getSCMIntegration: ({ id }, context) => ({ integration: integrations.get(id, context) }),
    listSCMIntegrations: (request, context) =>
      integrations.list(
        request,
        context,
        (items) => ({ integrations: items }),
        ({ runnerId }) => keeps(request.filter?.runnerIds, runnerId),
      ),
    updateSCMIntegration: (request, context) => {
      integrations.change(request.id, request, context, (row) => setOAuth(site, row, request));
      if (request.oauthClientId === "") {
        endTokens(site, request.id);
      }
      return {};
    },
    deleteSCMIntegration: ({ id }, context) => integrations.drop(id, context),
  };
}

/** Ends the tokens of hosts that the OAuth application of an integration has given. */
function endTokens(site: Site, integrationId: string): void {
  const { hostAuthenticationTokens: tokens } = site.world;
  for (const row of [...tokens.rows.values()].filter(({ remote }) => remote.integrationId === integrationId)) {
    remove(site, tokens, row);
  }
}

interface OAuth {
  readonly oauthClientId?: string | undefined;
  readonly oauthPlaintextClientSecret?: string | undefined;
  readonly issuerUrl?: string | undefined;
}

/** Sets the OAuth application as a request says; an empty client id ends it. */
function setOAuth(
  site: Site,
  row: { readonly remote: SCMIntegration; readonly owed: { value: string } },
  { oauthClientId: clientId = row.remote.oauth?.clientId ?? "", oauthPlaintextClientSecret: secret, issuerUrl }: OAuth,
): void {
  const { remote, owed } = row;
  if (secret !== undefined && secret !== "") {
    requireKey(site, remote.runnerId);
    owed.value = secret;
  }
  if (clientId === "") {
    owed.value = "";
    delete remote.oauth;
    return;
  }
  // `scm-oauth-half`: Facts are silent on half of an application; the emulator refuses it, since nobody can sign in
  // with it.
  if (owed.value === "") {
    throw invalid("oauth_client_id: an OAuth application needs its client secret, too");
  }
  const renewed = secret === undefined ? remote.oauth?.encryptedClientSecret : randomBytes(32);
  remote.oauth = create(SCMIntegrationOAuthConfigSchema, {
    clientId,
    encryptedClientSecret: renewed ?? randomBytes(32),
    issuerUrl: issuerUrl ?? remote.oauth?.issuerUrl ?? "",
  });
}
