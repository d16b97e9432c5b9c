import { IntegrationService } from "../../../proto/gen/gitpod/v1/integration_pb";
import { integration } from "../../../provider/resources/integration";
import { webhook } from "../../../provider/resources/webhook";
import type { Probe } from "../../assumption";
import { answered, compared, notTried } from "../../finding";

const { getIntegration, listIntegrationDefinitions, updateIntegration } = IntegrationService.method;

export const customChanges: Probe = {
  calls: ["IntegrationService/CreateIntegration", "IntegrationService/UpdateIntegration"],
  makes: ["an integration that is off"],
  needs: [],
  async run(bench) {
    const { id } = await bench.make(integration, {
      enabled: false,
      host: "nowhere.invalid",
      auth: { requiresAuth: true, apiKey: {} },
    });
    const answer = await bench.answer(updateIntegration, { id, host: "elsewhere.invalid" });
    return compared(
      ["FailedPrecondition", "ok"],
      [answer, await bench.answer(updateIntegration, { id, enabled: false })],
    );
  },
};

export const emptiedStays: Probe = {
  calls: ["IntegrationService/UpdateIntegration", "IntegrationService/GetIntegration"],
  makes: ["an integration that is off, of the first definition without an app"],
  needs: [],
  async run(bench) {
    const { definitions } = await bench.call(listIntegrationDefinitions, {});
    const found = definitions.find(({ auth, description }) => !auth?.proprietaryApp && description !== "");
    if (!found) return notTried("there is no definition without an app");
    const { id } = await bench.make(integration, { integrationDefinitionId: found.id, enabled: false });
    await bench.call(updateIntegration, { id, description: "" });
    const { integration: read } = await bench.call(getIntegration, { id });
    return compared(0, read?.description.length);
  },
};

export const credentialsTogether: Probe = {
  calls: ["IntegrationService/CreateIntegration"],
  makes: ["an attempt at an integration that is off"],
  needs: [],
  async run(bench) {
    const { definitions } = await bench.call(listIntegrationDefinitions, {});
    const found = definitions.find(({ auth }) => auth?.proprietaryApp);
    if (!found) return notTried("there is no definition with an app");
    return answered("InvalidArgument", () =>
      bench.tryToMake(integration, {
        integrationDefinitionId: found.id,
        enabled: false,
        auth: { proprietaryApp: { appId: "1" } },
      }),
    );
  },
};

export const webhookScope: Probe = {
  calls: ["WebhookService/CreateWebhook"],
  makes: ["an attempt at a webhook that no host calls"],
  needs: [],
  run: (bench) =>
    answered("InvalidArgument", () =>
      bench.tryToMake(webhook, {
        type: "WEBHOOK_TYPE_SCM_ORGANIZATION",
        provider: "WEBHOOK_PROVIDER_GITHUB",
        scopes: [{ host: "github.com", owner: "octocat", name: "Hello-World" }],
      }),
    ),
};
