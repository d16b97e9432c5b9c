import { RunnerConfigurationService } from "../../proto/gen/gitpod/v1/runner_configuration_pb";
import { defineResource } from "../model/definition";

const configurations = RunnerConfigurationService.method;

/**
 * How users of a runner sign in to a host of repositories.
 *
 * OAuth needs `oauthClientId` and its secret together, and a runner that is up, since its public key encrypts the
 * secret. Removing the id ends OAuth and deletes the tokens that people have signed in with. A runner has one
 * integration for each system and host.
 */
export const scmIntegration = defineResource({
  kind: "ScmIntegration",
  create: configurations.createSCMIntegration,
  get: configurations.getSCMIntegration,
  list: configurations.listSCMIntegrations,
  update: configurations.updateSCMIntegration,
  delete: configurations.deleteSCMIntegration,
  required: ["runnerId", "scmId", "host"],
  sensitive: ["oauthPlaintextClientSecret"],
  readAt: { oauthClientId: "oauth.clientId", issuerUrl: "oauth.issuerUrl" },
  volatile: ["oauth.encryptedClientSecret"],
  naturalKey: ["runnerId", "scmId", "host"],
});
