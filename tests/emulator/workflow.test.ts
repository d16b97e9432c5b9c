import { ids, tokens } from "../../emulator";
import { Principal } from "../../proto/gen/gitpod/v1/identity_pb";
import { SortOrder } from "../../proto/gen/gitpod/v1/pagination_pb";
import { ListWorkflowsRequest_SortField as SortField } from "../../proto/gen/gitpod/v1/workflow_pb";
import { open, refusal } from "./open";

const agent = { context: { case: "agent" as const, value: { prompt: "look" } } };
const nightly = {
  name: "Nightly",
  description: "tidies up",
  triggers: [{ trigger: { case: "time" as const, value: { cronExpression: "0 3 * * *" } }, context: agent }],
  action: {
    limits: { maxParallel: 1, maxTotal: 5 },
    steps: [{ step: { case: "task" as const, value: { command: "npm test" } } }],
  },
};

test("a workflow is enabled, and its executor is who has made it where nobody else is named", async () => {
  const { workflows } = open();
  const owner = { id: ids.owner, principal: Principal.USER };
  const account = { id: ids.serviceAccount, principal: Principal.SERVICE_ACCOUNT };
  const { workflow } = await workflows.createWorkflow(nightly);
  const given = await workflows.createWorkflow({ ...nightly, executor: account });

  expect(workflow).toMatchObject({
    metadata: { name: "Nightly", description: "tidies up", creator: owner, executor: owner },
    spec: { triggers: nightly.triggers, action: nightly.action, disabled: false, deleting: false },
  });
  expect(given.workflow?.metadata?.executor).toMatchObject(account);
});

test("an executor is the caller or a service account that exists", async () => {
  const { workflows } = open();
  const create = (id: string, principal: Principal) =>
    refusal(workflows.createWorkflow({ ...nightly, executor: { id, principal } }));

  expect((await create(ids.colleague, Principal.USER))[0]).toBe("PermissionDenied");
  expect((await create(ids.runner, Principal.SERVICE_ACCOUNT))[0]).toBe("NotFound");
});

test("an update changes what it sets, replaces lists whole, and can disable", async () => {
  const { workflows } = open();
  const workflowId = (await workflows.createWorkflow(nightly)).workflow?.id ?? "";
  const manual = [{ trigger: { case: "manual" as const, value: {} }, context: agent }];
  const disabled = (await workflows.updateWorkflow({ workflowId, disabled: true, description: "" })).workflow;
  const replaced = (await workflows.updateWorkflow({ workflowId, triggers: manual })).workflow;

  expect(disabled).toMatchObject({
    metadata: { name: "Nightly", description: "" },
    spec: { triggers: nightly.triggers, action: nightly.action, disabled: true },
  });
  expect(replaced?.spec).toMatchObject({ triggers: manual, action: nightly.action, disabled: true });
});

test("a trigger names what exists", async () => {
  const { workflows } = open();
  const create = (trigger: object, context: object = agent) =>
    refusal(workflows.createWorkflow({ ...nightly, triggers: [{ ...trigger, context }] }));
  const pullRequest = (value: object) => ({ trigger: { case: "pullRequest" as const, value } });
  const manual = { trigger: { case: "manual" as const, value: {} } };
  const projects = { context: { case: "projects" as const, value: { projectIds: [ids.runner] } } };

  expect((await create(pullRequest({ webhookId: ids.runner })))[0]).toBe("InvalidArgument");
  expect((await create(pullRequest({ integrationId: ids.runner })))[0]).toBe("InvalidArgument");
  expect((await create(manual, projects))[0]).toBe("NotFound");
  expect((await create({}))[0]).toBe("InvalidArgument");
});

test("a deleted workflow is on its way out for a step, and gone at once by force", async () => {
  const { workflows, emulator } = open();
  const [one, other] = [await workflows.createWorkflow(nightly), await workflows.createWorkflow(nightly)];
  const workflowId = one.workflow?.id ?? "";
  await workflows.deleteWorkflow({ workflowId });
  await workflows.deleteWorkflow({ workflowId: other.workflow?.id ?? "", force: true });
  const { workflow } = await workflows.getWorkflow({ workflowId });
  const refused = await refusal(workflows.updateWorkflow({ workflowId, name: "Back" }));
  const listed = (await workflows.listWorkflows({})).workflows;
  emulator.step();

  expect(workflow?.spec?.deleting).toBe(true);
  expect(refused[0]).toBe("FailedPrecondition");
  expect(listed).toEqual([workflow]);
  expect((await refusal(workflows.getWorkflow({ workflowId })))[0]).toBe("NotFound");
});

test("workflows are listed by creator, state and text, sorted by name, and counted", async () => {
  const { workflows } = open();
  const one = (await workflows.createWorkflow(nightly)).workflow;
  const other = (await workflows.createWorkflow({ ...nightly, name: "Weekly" })).workflow;
  const list = async (filter: object, sort = {}) => (await workflows.listWorkflows({ filter, sort })).workflows;

  expect(await list({}, { field: SortField.NAME, order: SortOrder.DESC })).toEqual([other, one]);
  expect(await list({ search: "week" })).toEqual([other]);
  expect(await list({ workflowIds: [one?.id], creatorIds: [ids.owner], disabled: false })).toEqual([one]);
  expect(await list({ creatorIds: [ids.colleague] })).toEqual([]);
  expect(await list({ disabled: true })).toEqual([]);
  expect((await workflows.listWorkflows({ count: { include: true } })).count?.value).toBe(2);
});

test("any user makes workflows and changes the own ones; a service account makes none", async () => {
  const { as, workflows } = open();
  const theirs = as(tokens.colleague).workflows;
  const own = (await theirs.createWorkflow(nightly)).workflow?.id ?? "";
  const workflowId = (await workflows.createWorkflow(nightly)).workflow?.id ?? "";

  expect((await theirs.updateWorkflow({ workflowId: own, name: "Own" })).workflow?.metadata?.name).toBe("Own");
  expect((await refusal(theirs.updateWorkflow({ workflowId, name: "Mine" })))[0]).toBe("PermissionDenied");
  expect((await refusal(as(tokens.serviceAccount).workflows.createWorkflow(nightly)))[0]).toBe("PermissionDenied");
  expect((await refusal(as(tokens.stranger).workflows.deleteWorkflow({ workflowId })))[0]).toBe("NotFound");
});
