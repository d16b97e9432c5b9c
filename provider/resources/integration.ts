import { IntegrationService } from "../../proto/gen/gitpod/v1/integration_pb";
import { defineResource } from "../model/definition";

const integrations = IntegrationService.method;

/**
 * A service that agents and environments use, from the platform's catalog or of the organization's own.
 *
 * Set `integrationDefinitionId` for one of the catalog, which fills in what you leave out, or `name`, `host` and `auth`
 * for a custom one. A change of `auth` sends all of it, secrets included. A custom integration changes only `enabled`,
 * and an app of your own keeps its `appId`: for these, set the resource option `replaceOnChanges: ["auth"]`.
 * `externalInstallation` appears once somebody has installed the app in a browser; deleting the integration does not
 * uninstall it.
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
