import { create } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import {
  ValidationCheck_Check as Check,
  type Integration,
  type IntegrationAuthentication,
  IntegrationAuthenticationSchema,
  type IntegrationDefinition,
  type IntegrationService,
  type UpdateIntegrationRequest,
} from "../../proto/gen/gitpod/v1/integration_pb";
import { callerOf, find } from "../caller";
import { definitions } from "../integration/definition";
import { takeSecrets } from "../integration/secret";
import { cutPage } from "../page";
import { plainCalls } from "../plain";
import { invalid, notFound, precondition } from "../refusal";
import type { Site } from "../site";

/** Answers the calls of the integration service; credentials go in and never come out. */
export function integrationService(site: Site): Partial<ServiceImpl<typeof IntegrationService>> {
  const { integrations: table, runners } = site.world;
  const integrations = plainCalls(site, table, {
    settle: (integration, caller, row) => {
      const { integrationDefinitionId, runnerId, name, host, auth } = integration;
      if (runnerId !== "") {
        find(runners, caller, runnerId);
      }
      if (integrationDefinitionId !== "") {
        // `integration-emptied`: Facts are silent on a value that is emptied later; here it stays empty.
        if (row === undefined) {
          complete(integration, definitionOf(integrationDefinitionId));
        }
        nameApp(integration);
      } else if (name === "" || host === "" || auth === undefined) {
        throw invalid("integration_definition_id: either it, or name, host and auth");
      }
    },
  });
  return {
    listIntegrationDefinitions: (request) => {
      const { items, pagination } = cutPage(definitions, request);
      return { pagination, definitions: items };
    },
    getIntegrationDefinition: ({ id }) => ({ definition: definitionOf(id) }),

    createIntegration: (request, context) => {
      const secrets = takeSecrets(request.auth);
      checkApp(request.integrationDefinitionId, request.auth, secrets);
      return { integration: integrations.add(request, context, { secrets }) };
    },
    getIntegration: ({ id }, context) => ({ integration: integrations.get(id, context) }),
    listIntegrations: (request, context) => integrations.list(request, context, (items) => ({ integrations: items })),
    updateIntegration: (request, context) => {
      const present = find(table, callerOf(context), request.id).remote;
      checkUpdate(present, request);
      const secrets = takeSecrets(request.auth);
      checkApp(present.integrationDefinitionId, request.auth, secrets);
      return {
        integration: integrations.change(request.id, request, context, ({ owed }) => {
          Object.assign(owed.secrets, secrets);
        }),
      };
    },
    deleteIntegration: ({ id }, context) => integrations.drop(id, context),
    validateIntegration: ({ integrationId }, context) => {
      const { auth, externalInstallation } = find(table, callerOf(context), integrationId).remote;
      const isMissing = auth?.proprietaryApp !== undefined && externalInstallation === undefined;
      const missing = { check: Check.APP_INSTALLATION, message: "the app is not installed" };
      return { valid: !isMissing, checks: isMissing ? [missing] : [] };
    },
  };
}

function definitionOf(id: string): IntegrationDefinition {
  const definition = definitions.find((one) => one.id === id);
  if (definition === undefined) {
    throw notFound("integration definition", id);
  }
  return definition;
}

/** Lets an integration have what its definition says, where nothing else was stated. */
function complete(integration: Integration, definition: IntegrationDefinition): void {
  integration.host ||= definition.host;
  integration.name ||= definition.name;
  integration.description ||= definition.description;
  integration.iconUrl = definition.iconUrl;
  if (integration.categories.length === 0) {
    integration.categories = [...definition.categories];
  }
  integration.capabilities ??= definition.capabilities!;
  integration.auth ??= create(IntegrationAuthenticationSchema, definition.auth);
}

/** An app has names that follow from its id. */
function nameApp({ auth }: Integration): void {
  const app = auth?.proprietaryApp;
  if (app !== undefined && app.appId !== "") {
    app.appSlug ||= `app-${app.appId}`;
    app.clientId ||= `client-${app.appId}`;
  }
}

const appSecrets = ["privateKey", "clientSecret", "webhookSecret"] as const;

/** The credentials of an app that a definition asks for come together: none is of use without the others. */
function checkApp(
  definitionId: string,
  auth: IntegrationAuthentication | undefined,
  secrets: Record<string, string>,
): void {
  const asked = definitionId === "" ? undefined : definitionOf(definitionId).auth?.proprietaryApp;
  const app = asked === undefined ? undefined : auth?.proprietaryApp;
  const stated = [app?.appId !== "", ...appSecrets.map((name) => `proprietaryApp.${name}` in secrets)];
  if (app !== undefined && stated.includes(true) && stated.includes(false)) {
    throw invalid("auth.proprietary_app: app_id, private_key, client_secret and webhook_secret come together");
  }
}

// `integration-changes`: Facts are silent on what of an integration can change; the emulator follows what the vendor's
// own clients do.
function checkUpdate({ integrationDefinitionId, auth }: Integration, request: UpdateIntegrationRequest): void {
  const { $typeName: _, id: _id, enabled: _enabled, categories, ...others } = request;
  const changesMore = categories.length > 0 || Object.values(others).some((value) => value !== undefined);
  if (integrationDefinitionId === "" && changesMore) {
    throw precondition("an integration without a definition can only be turned on and off");
  }
  const present = auth?.proprietaryApp?.appId ?? "";
  const wanted = request.auth?.proprietaryApp?.appId ?? present;
  if (present !== "" && wanted !== present) {
    throw precondition("another app needs another integration");
  }
}
