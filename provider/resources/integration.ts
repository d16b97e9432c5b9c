import { IntegrationService } from "../../proto/gen/gitpod/v1/integration_pb";
import { defineResource } from "../model/definition";

const integrations = IntegrationService.method;

/**
 * A service that agents and environments use, from the platform's catalog or of the organization's own.
 *
 * State `integrationDefinitionId` for one of the catalog, which fills in what is left out, or `name`, `host` and `auth` for a
 * custom one. The server keeps the secrets in `auth` to itself and takes `auth` as a whole, so that a change sends all of it.
 * A custom integration takes no change but `enabled`, and an app of your own keeps its `appId`; state the resource option
 * `replaceOnChanges: ["auth"]` for these.
 */
export const integration = defineResource({
  kind: "Integration",
  create: integrations.createIntegration,
  get: integrations.getIntegration,
  list: integrations.listIntegrations,
  update: integrations.updateIntegration,
  delete: integrations.deleteIntegration,
  choices: { integrationDefinitionId: { list: integrations.listIntegrationDefinitions } },
  sensitive: [
    "auth.oauth.clientSecret",
    "auth.proprietaryApp.clientSecret",
    "auth.proprietaryApp.webhookSecret",
    "auth.proprietaryApp.privateKey",
    "auth.proprietaryApp.apiKey",
  ],
  volatile: ["iconUrl"],
});
