import { ids, tokens } from "../../emulator";
import { IntegrationCategory as Category } from "../../proto/gen/gitpod/v1/integration_pb";
import { open, refusal } from "./open";

const linear = { integrationDefinitionId: "linear", enabled: true };
const app = { appId: "77", privateKey: "canary key", clientSecret: "canary secret", webhookSecret: "canary hook" };
const github = { integrationDefinitionId: "github-app", enabled: true, auth: { proprietaryApp: app } };
const custom = { name: "Wiki", host: "wiki.acme.com", auth: { requiresAuth: true, apiKey: {} }, enabled: true };

test("an integration has what its definition says, where nothing else was stated", async () => {
  const { integrations } = open();
  const { definition } = await integrations.getIntegrationDefinition({ id: "linear" });
  const { integration } = await integrations.createIntegration({ ...linear, name: "Issues" });

  expect(integration).toMatchObject({
    organizationId: ids.organization,
    name: "Issues",
    host: "linear.app",
    description: definition?.description,
    categories: [Category.PROJECT_MANAGEMENT],
    capabilities: definition?.capabilities,
    auth: definition?.auth,
  });
  expect((await integrations.listIntegrationDefinitions({})).definitions.map(({ id }) => id)).toEqual([
    "linear",
    "github-app",
    "observe",
  ]);
  expect((await refusal(integrations.createIntegration({ integrationDefinitionId: "none" })))[0]).toBe("NotFound");
});

test("an app gets its names from its id, shows no credential, and is installed by the side", async () => {
  const { integrations, emulator } = open();
  const { integration } = await integrations.createIntegration(github);
  const id = integration?.id ?? "";
  const before = await integrations.validateIntegration({ integrationId: id });
  emulator.admin.installApp(id, "acme");
  const after = (await integrations.getIntegration({ id })).integration;

  expect(integration?.auth?.proprietaryApp).toMatchObject({
    appId: "77",
    appSlug: "app-77",
    clientId: "client-77",
    privateKey: "",
    clientSecret: "",
    webhookSecret: "",
  });
  expect([integration?.externalInstallation, after?.externalInstallation?.accountName]).toEqual([undefined, "acme"]);
  expect([before.valid, (await integrations.validateIntegration({ integrationId: id })).valid]).toEqual([false, true]);
  expect(JSON.stringify(emulator.admin.objects("integrations"))).not.toContain("canary");
});

test("credentials of an app are renewed together and in place, and another app needs another integration", async () => {
  const { integrations, emulator } = open();
  const id = (await integrations.createIntegration(github)).integration?.id ?? "";
  emulator.admin.installApp(id);
  const update = (proprietaryApp: object) => integrations.updateIntegration({ id, auth: { proprietaryApp } });
  const { integration } = await update({ ...app, privateKey: "canary new" });

  expect(integration).toMatchObject({ auth: { proprietaryApp: { appSlug: "app-77" } }, externalInstallation: {} });
  expect(emulator.world.integrations.rows.get(id)?.owed.secrets).toMatchObject({
    "proprietaryApp.privateKey": "canary new",
  });
  expect((await refusal(update({ appId: "77", privateKey: "canary" })))[0]).toBe("InvalidArgument");
  expect((await refusal(update({ ...app, appId: "78" })))[0]).toBe("FailedPrecondition");
  const chat = { ...custom, auth: { proprietaryApp: { clientId: "chat", clientSecret: "canary" } } };
  await expect(integrations.createIntegration(chat)).resolves.toBeDefined();
});

test("an integration without a definition says what it is, and is only turned on and off afterwards", async () => {
  const { integrations } = open();
  const { name: _, ...nameless } = custom;
  const id = (await integrations.createIntegration(custom)).integration?.id ?? "";

  expect((await refusal(integrations.createIntegration(nameless)))[0]).toBe("InvalidArgument");
  expect((await refusal(integrations.updateIntegration({ id, name: "Pages" })))[0]).toBe("FailedPrecondition");
  expect((await integrations.updateIntegration({ id, enabled: false })).integration).toMatchObject({
    name: "Wiki",
    enabled: false,
  });
});

test("integrations are changed by administrators, deleted at once, and of runners that exist", async () => {
  const { as, integrations } = open();
  const id = (await integrations.createIntegration(linear)).integration?.id ?? "";
  const theirs = as(tokens.colleague).integrations;

  expect((await theirs.listIntegrations({})).integrations).toHaveLength(1);
  expect((await refusal(theirs.updateIntegration({ id, enabled: false })))[0]).toBe("PermissionDenied");
  expect((await refusal(as(tokens.stranger).integrations.getIntegration({ id })))[0]).toBe("NotFound");
  expect((await refusal(integrations.createIntegration({ ...linear, runnerId: ids.owner })))[0]).toBe("NotFound");
  await integrations.deleteIntegration({ id });
  expect((await refusal(integrations.getIntegration({ id })))[0]).toBe("NotFound");
});
