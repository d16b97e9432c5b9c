import { RunnerConfigurationService } from "../../proto/gen/gitpod/v1/runner_configuration_pb";
import { ServiceAccountService } from "../../proto/gen/gitpod/v1/service_account_pb";
import { defineResource } from "../model/definition";
import { serviceAccount } from "./service-account";

const configurations = RunnerConfigurationService.method;

/**
 * What a service account or a user signs in with at a host of repositories, on one runner.
 *
 * Where `subject` is a service account, calls are made in its name, with a token valid for 30 minutes that is kept in memory
 * only; a user has to be the owner of the provider's token. The server never shows the value. Removing `scopes` or `expiresAt`
 * replaces it. It is gone with its account, and so it is once that is suspended or at its end.
 *
 * Import one of a service account as `ACCOUNT/ID`, and one of your own by its id.
 */
export const hostAuthenticationToken = defineResource({
  kind: "HostAuthenticationToken",
  as: {
    account: "subject.id",
    where: { "subject.principal": "PRINCIPAL_SERVICE_ACCOUNT" },
    mint: ServiceAccountService.method.createServiceAccountAccessToken,
    kind: () => serviceAccount,
    overIf: { validUntil: "past" },
  },
  create: configurations.createHostAuthenticationToken,
  get: configurations.getHostAuthenticationToken,
  list: configurations.listHostAuthenticationTokens,
  update: configurations.updateHostAuthenticationToken,
  delete: configurations.deleteHostAuthenticationToken,
  required: ["runnerId", "host", "token", "source", "subject"],
  deprecated: ["userId"],
  sensitive: ["token", "refreshToken"],
  cannotClear: { scopes: "replace", expiresAt: "replace", refreshToken: "leave" },
  sets: ["scopes"],
  creatorOnly: true,
});
