import { ids, tokens } from "../../emulator";
import { ResourceType } from "../../proto/gen/gitpod/v1/event_pb";
import { ResourceRole as Role } from "../../proto/gen/gitpod/v1/group_pb";
import { Principal } from "../../proto/gen/gitpod/v1/identity_pb";
import { WebhookProvider as Provider, WebhookType as Type } from "../../proto/gen/gitpod/v1/webhook_pb";
import { open, refusal } from "./open";

const shop = { host: "github.com", owner: "acme", name: "shop" };
const wanted = { name: "Pushes", type: Type.SCM_REPOSITORY, provider: Provider.GITHUB, scopes: [shop] };
const action = {
  limits: { maxParallel: 1, maxTotal: 5 },
  steps: [{ step: { case: "task" as const, value: { command: "npm test" } } }],
};
const context = { context: { case: "fromTrigger" as const, value: {} } };
const manual = { trigger: { case: "manual" as const, value: {} }, context };

function reviewed(webhookId: string) {
  const trigger = { case: "pullRequest" as const, value: { webhookId } };
  return { name: "Review", action, triggers: [manual, { trigger, context }] };
}

async function withWebhook() {
  const opened = open();
  const { webhook } = await opened.webhooks.createWebhook(wanted);
  return { ...opened, webhook, webhookId: webhook?.id ?? "" };
}

test("a webhook has a URL of its own, and keeps its type and its provider", async () => {
  const { webhooks, webhook, webhookId } = await withWebhook();
  const two = [shop, { ...shop, name: "docs" }];
  const updated = (await webhooks.updateWebhook({ webhookId, name: "Reviews", description: "", scopes: two })).webhook;
  const untouched = (await webhooks.updateWebhook({ webhookId })).webhook;

  expect(webhook).toMatchObject({
    metadata: { name: "Pushes", organizationId: ids.organization, creator: { id: ids.owner } },
    spec: { type: Type.SCM_REPOSITORY, provider: Provider.GITHUB, scopes: [shop] },
    url: expect.stringContaining(webhookId),
    boundWorkflowCount: 0,
  });
  expect(updated).toMatchObject({ metadata: { name: "Reviews" }, spec: { ...webhook?.spec, scopes: two } });
  expect(untouched?.spec).toEqual(updated?.spec);
});

test("a webhook names the repositories or the organization that its type is about", async () => {
  const { webhooks, webhookId } = await withWebhook();
  const organizationScope = { host: "github.com", name: "acme" };
  const create = async (request: object) => (await refusal(webhooks.createWebhook({ ...wanted, ...request })))[0];
  const ofOrganization = { type: Type.SCM_ORGANIZATION, scopes: [], organizationScope };

  expect([
    await create({ scopes: [] }),
    await create({ organizationScope }),
    await create({ ...ofOrganization, scopes: [shop] }),
    await create({ ...ofOrganization, organizationScope: undefined }),
    await create(ofOrganization),
    (await refusal(webhooks.updateWebhook({ webhookId, organizationScope })))[0],
  ]).toEqual([...Array.from({ length: 4 }, () => "InvalidArgument"), undefined, "InvalidArgument"]);
});

test("the secret of a webhook stays until it is renewed, and each look at it is counted", async () => {
  const { emulator, webhooks, webhookId } = await withWebhook();
  const read = async () => (await webhooks.getWebhookSecret({ webhookId })).secret;
  const [first, same] = [await read(), await read()];
  const { secret: renewed } = await webhooks.rotateWebhookSecret({ webhookId });

  expect([same, renewed === first, await read()]).toEqual([first, false, renewed]);
  expect(first).not.toBe("");
  expect(emulator.calls()["WebhookService/GetWebhookSecret"]).toBe(3);
  expect(JSON.stringify(emulator.admin.objects("webhooks"))).not.toContain(renewed);
});

test("a workflow's trigger names a webhook that exists, and the webhook its workflows", async () => {
  const { as, webhooks, workflows, webhookId } = await withWebhook();
  const { workflow } = await workflows.createWorkflow(reviewed(webhookId));
  await workflows.createWorkflow({ name: "Other", action, triggers: [manual] });
  const foreign = await as(tokens.stranger).webhooks.createWebhook(wanted);

  expect((await webhooks.listWebhookWorkflows({ webhookId })).workflows).toEqual([workflow]);
  expect((await webhooks.getWebhook({ webhookId })).webhook?.boundWorkflowCount).toBe(1);
  expect((await refusal(workflows.createWorkflow(reviewed(ids.runner))))[0]).toBe("InvalidArgument");
  expect((await refusal(workflows.createWorkflow(reviewed(foreign.webhook?.id ?? ""))))[0]).toBe("InvalidArgument");
});

test("a deleted webhook makes the triggers manual that name it, and says of which workflows", async () => {
  const { webhooks, workflows, webhookId } = await withWebhook();
  const other = (await webhooks.createWebhook(wanted)).webhook?.id ?? "";
  const workflowId = (await workflows.createWorkflow(reviewed(webhookId))).workflow?.id ?? "";
  const kept = (await workflows.createWorkflow(reviewed(other))).workflow;
  const { affectedWorkflowIds } = await webhooks.deleteWebhook({ webhookId });

  expect(affectedWorkflowIds).toEqual([workflowId]);
  expect((await workflows.getWorkflow({ workflowId })).workflow?.spec?.triggers).toMatchObject([manual, manual]);
  expect((await workflows.getWorkflow({ workflowId: kept?.id ?? "" })).workflow).toEqual(kept);
  expect((await refusal(webhooks.getWebhook({ webhookId })))[0]).toBe("NotFound");
  expect((await refusal(webhooks.getWebhookSecret({ webhookId })))[0]).toBe("NotFound");
});

test("webhooks are listed by id, type and provider", async () => {
  const { webhooks, webhook, webhookId } = await withWebhook();
  await webhooks.createWebhook({ ...wanted, provider: Provider.GITLAB });
  const list = async (filter: object) => (await webhooks.listWebhooks({ filter })).webhooks;

  expect(await list({ providers: [Provider.GITHUB], types: [Type.SCM_REPOSITORY] })).toEqual([webhook]);
  expect(await list({ webhookIds: [webhookId] })).toEqual([webhook]);
  expect(await list({ types: [Type.SCM_ORGANIZATION] })).toEqual([]);
  expect(await list({})).toHaveLength(2);
});

test("a user makes webhooks, and only who administers one changes it or sees its secret", async () => {
  const { as, groups, webhooks, webhookId } = await withWebhook();
  const { webhooks: theirs } = as(tokens.colleague);
  const act = async () => [
    (await refusal(theirs.updateWebhook({ webhookId, name: "Mine" })))[0],
    (await refusal(theirs.getWebhookSecret({ webhookId })))[0],
    (await refusal(theirs.rotateWebhookSecret({ webhookId })))[0],
  ];
  const before = [...(await act()), (await refusal(theirs.deleteWebhook({ webhookId })))[0]];
  const { group } = await groups.createGroup({ organizationId: ids.organization, name: "Reviewers" });
  const groupId = group?.id ?? "";
  await groups.createMembership({ groupId, subject: { id: ids.colleague, principal: Principal.USER } });
  const role = { resourceType: ResourceType.WEBHOOK, resourceId: webhookId, resourceRole: Role.WEBHOOK_ADMIN };
  await groups.createRoleAssignment({ groupId, ...role });

  expect(before).toEqual(Array.from({ length: 4 }, () => "PermissionDenied"));
  expect(await act()).toEqual([undefined, undefined, undefined]);
  expect((await theirs.createWebhook(wanted)).webhook?.metadata?.creator?.id).toBe(ids.colleague);
  expect((await refusal(as(tokens.serviceAccount).webhooks.createWebhook(wanted)))[0]).toBe("PermissionDenied");
  expect((await refusal(as(tokens.stranger).webhooks.getWebhook({ webhookId })))[0]).toBe("NotFound");
  expect((await webhooks.getWebhook({ webhookId })).webhook?.metadata?.name).toBe("Mine");
});
