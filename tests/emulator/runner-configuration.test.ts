import { ids, tokens } from "../../emulator";
import { LLMIntegrationPhase as Phase, SupportedModel } from "../../proto/gen/gitpod/v1/model_pb";
import { open, refusal } from "./open";

const runnerId = ids.runner;
const large = {
  runnerId,
  displayName: "Huge",
  description: "32 cores",
  configuration: [{ key: "machineType", value: "c7i.8xlarge" }],
};
const github = { runnerId, scmId: "github", host: "github.com", pat: true };
const claude = {
  runnerId,
  models: [SupportedModel.SONNET_4_5, SupportedModel.OPUS_4],
  endpoint: "https://api.example.com",
  apiKey: "canary",
};

test("an environment class is enabled, its settings stay, and it is never deleted", async () => {
  const { configurations } = open();
  const { id: environmentClassId } = await configurations.createEnvironmentClass(large);
  const made = (await configurations.getEnvironmentClass({ environmentClassId })).environmentClass;
  await configurations.updateEnvironmentClass({ environmentClassId, displayName: "Vast", enabled: false });
  const { environmentClasses } = await configurations.listEnvironmentClasses({ filter: { enabled: false } });

  expect(made).toMatchObject({ ...large, enabled: true });
  expect(environmentClasses.find(({ id }) => id === environmentClassId)).toEqual({
    ...made,
    displayName: "Vast",
    enabled: false,
  });
});

test("settings that the runner does not know are refused, and two classes may be equal", async () => {
  const { configurations } = open();
  const { schema } = await configurations.getRunnerConfigurationSchema({ runnerId });
  const unknown = { ...large, configuration: [{ key: "cores", value: "32" }] };
  await configurations.createEnvironmentClass(large);

  expect(schema?.environmentClasses.map(({ id }) => id)).toEqual(["machineType", "diskSizeGb", "spot"]);
  expect((await refusal(configurations.createEnvironmentClass(unknown)))[0]).toBe("InvalidArgument");
  await expect(configurations.createEnvironmentClass(large)).resolves.toBeDefined();
});

test("a source control integration is answered by its id, and its secret is never shown", async () => {
  const { configurations, emulator } = open();
  const oauth = { oauthClientId: "app", oauthPlaintextClientSecret: "canary", issuerUrl: "https://issuer.example.com" };
  const { id } = await configurations.createSCMIntegration({ ...github, ...oauth, virtualDirectory: "tfs" });
  const { integration } = await configurations.getSCMIntegration({ id });
  const { integrations } = await configurations.listSCMIntegrations({ filter: { runnerIds: [runnerId] } });

  expect(integration).toMatchObject({
    ...github,
    virtualDirectory: "tfs",
    oauth: { clientId: "app", issuerUrl: "https://issuer.example.com" },
  });
  expect(integrations).toEqual([integration]);
  expect(JSON.stringify(emulator.admin.objects("scmIntegrations"))).not.toContain("canary");
  expect(emulator.world.scmIntegrations.rows.get(id)?.owed).toEqual({ value: "canary" });
});

test("an update of a source control integration keeps what it leaves out, and an empty client id ends OAuth", async () => {
  const { configurations, emulator } = open();
  const oauth = { oauthClientId: "app", oauthPlaintextClientSecret: "canary" };
  const { id } = await configurations.createSCMIntegration({ ...github, ...oauth });
  const update = async (change: object) => {
    await configurations.updateSCMIntegration({ id, ...change });
    return (await configurations.getSCMIntegration({ id })).integration;
  };

  const renamed = await update({ oauthClientId: "other", pat: false });
  const ended = await update({ oauthClientId: "" });

  expect(renamed).toMatchObject({ pat: false, oauth: { clientId: "other" } });
  expect(ended?.oauth).toBeUndefined();
  expect(emulator.world.scmIntegrations.rows.get(id)?.owed).toEqual({ value: "" });
});

test("a host is connected to a runner once, with a whole OAuth application or none", async () => {
  const { configurations } = open();
  const create = (more: object = {}) => refusal(configurations.createSCMIntegration({ ...github, ...more }));
  const half = await create({ oauthClientId: "app" });
  await create();

  expect(half[0]).toBe("InvalidArgument");
  expect((await create())[0]).toBe("AlreadyExists");
  expect((await create({ host: "git.acme.com" }))[0]).toBeUndefined();
  expect((await create({ host: "" }))[0]).toBe("InvalidArgument");
  expect((await create({ runnerId: ids.owner }))[0]).toBe("NotFound");
});

test("secrets are refused until the runner has a public key", async () => {
  const { configurations, emulator } = open();
  emulator.admin.patch("runners", runnerId, { status: { publicKey: null } });
  const secret = { oauthClientId: "app", oauthPlaintextClientSecret: "canary" };

  expect(await refusal(configurations.createSCMIntegration({ ...github, ...secret }))).toEqual([
    "FailedPrecondition",
    "runner does not have a public key",
  ]);
  expect((await refusal(configurations.createLLMIntegration(claude)))[0]).toBe("FailedPrecondition");
  expect(emulator.admin.objects("llmIntegrations")).toEqual([]);
  await expect(configurations.createSCMIntegration(github)).resolves.toBeDefined();
});

async function withModels(more: object = {}) {
  const opened = open();
  const { configurations, emulator } = opened;
  const { id } = await configurations.createLLMIntegration({ ...claude, ...more });
  const get = async () => (await configurations.getLLMIntegration({ id })).integration;
  const update = async (change: object) => {
    await configurations.updateLLMIntegration({ id, ...change });
    return get();
  };
  const phase = async () => Phase[(await get())?.phase ?? 0]?.replace("LLM_INTEGRATION_PHASE_", "");
  return { ...opened, id, get, update, phase, key: () => emulator.world.llmIntegrations.rows.get(id)?.owed };
}

test("models are available one step after their integration was made, in their order and without the key", async () => {
  const { emulator, get, phase } = await withModels();
  const before = await phase();
  emulator.step();
  const integration = await get();

  expect([before, await phase()]).toEqual(["UNAVAILABLE", "AVAILABLE"]);
  expect(integration).toMatchObject({ models: claude.models, endpoint: claude.endpoint, phaseReason: "" });
  expect(JSON.stringify(emulator.admin.objects("llmIntegrations"))).not.toContain("canary");
});

test("a bad key leaves models unavailable and says why, until there is a good one", async () => {
  const { emulator, get, update, phase, key } = await withModels({ apiKey: "bad key" });
  emulator.settle();
  const bad = await get();
  await update({ apiKey: "canary two" });
  emulator.settle();

  expect(bad).toMatchObject({
    phase: Phase.LLM_INTEGRATION_PHASE_UNAVAILABLE,
    phaseReason: "the endpoint refuses the API key",
  });
  expect([await phase(), key()]).toEqual(["AVAILABLE", { apiKey: "canary two", check: false }]);
});

test("models are disabled and enabled by what is asked for, and an empty list of them changes nothing", async () => {
  const { emulator, update, phase } = await withModels();
  emulator.settle();
  const off = await update({ phase: Phase.LLM_INTEGRATION_PHASE_DISABLED, models: [], maxTokens: 5n });
  emulator.settle();
  const stays = await phase();
  await update({ phase: Phase.LLM_INTEGRATION_PHASE_AVAILABLE });
  emulator.settle();

  expect(off).toMatchObject({ models: claude.models, maxTokens: 5n, phase: Phase.LLM_INTEGRATION_PHASE_DISABLED });
  expect([stays, await phase()]).toEqual(["DISABLED", "AVAILABLE"]);
  expect((await refusal(update({ phase: Phase.LLM_INTEGRATION_PHASE_UNAVAILABLE })))[0]).toBe("InvalidArgument");
});

test("models that are in use are deleted by force only", async () => {
  const { configurations, id } = await withModels({ endpoint: "https://in-use.example.com" });
  const refused = await refusal(configurations.deleteLLMIntegration({ id }));
  await configurations.deleteLLMIntegration({ id, force: true });

  expect(refused[0]).toBe("FailedPrecondition");
  expect((await refusal(configurations.getLLMIntegration({ id })))[0]).toBe("NotFound");
});

test("what belongs to a runner is changed by who administers it, and goes with it", async () => {
  const { as, configurations, emulator } = open();
  const { id } = await configurations.createSCMIntegration(github);
  const theirs = as(tokens.colleague).configurations;

  expect((await theirs.getSCMIntegration({ id })).integration?.id).toBe(id);
  expect((await refusal(theirs.createEnvironmentClass(large)))[0]).toBe("PermissionDenied");
  expect((await refusal(theirs.updateSCMIntegration({ id, pat: false })))[0]).toBe("PermissionDenied");
  expect((await refusal(as(tokens.stranger).configurations.deleteSCMIntegration({ id })))[0]).toBe("NotFound");
  emulator.admin.remove("runners", runnerId);
  expect(emulator.admin.objects("scmIntegrations")).toEqual([]);
});
