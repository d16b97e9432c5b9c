import { ids, tokens } from "../../emulator";
import { WorkflowErrorCode } from "../../proto/gen/gitpod/v1/workflow_error_pb";
import { WorkflowExecutionPhase as Phase } from "../../proto/gen/gitpod/v1/workflow_pb";
import { open, refusal } from "./open";

const agent = { context: { case: "agent" as const, value: { prompt: "look" } } };
const manual = { case: "manual" as const, value: {} };
const repoUrls = ["https://github.com/acme/shop", "https://github.com/acme/docs", "https://github.com/acme/site"];
const repositories = {
  context: {
    case: "repositories" as const,
    value: {
      environmentClassId: ids.smallClass,
      repositorySelector: { case: "repositoryUrls" as const, value: { repoUrls } },
    },
  },
};
const action = {
  limits: { maxParallel: 1, maxTotal: 2 },
  steps: [{ step: { case: "task" as const, value: { command: "npm test" } } }],
};

async function withWorkflow(name = "Nightly") {
  const opened = open();
  const { workflows } = opened;
  const triggers = [
    { trigger: { case: "time" as const, value: { cronExpression: "0 3 * * *" } }, context: repositories },
    { trigger: manual, context: agent },
  ];
  const workflowId = (await workflows.createWorkflow({ name, triggers, action })).workflow?.id ?? "";
  const start = async () => (await workflows.startWorkflow({ workflowId })).workflowExecution?.id ?? "";
  const read = async (workflowExecutionId: string) =>
    (await workflows.getWorkflowExecution({ workflowExecutionId })).workflowExecution;
  const phaseOf = async (id: string) => Phase[(await read(id))?.status?.phase ?? Phase.UNSPECIFIED] ?? "";
  return { ...opened, workflowId, start, read, phaseOf };
}

test("an execution passes its phases, one a step, and says what it runs and for what", async () => {
  const { workflows, workflowId, path, phaseOf, read } = await withWorkflow();
  const { workflowExecution } = await workflows.startWorkflow({ workflowId });
  const id = workflowExecution?.id ?? "";
  const passed = await path(() => phaseOf(id));

  expect(workflowExecution).toMatchObject({
    metadata: { workflowId, creator: { id: ids.owner }, executor: { id: ids.owner } },
    spec: { desiredPhase: Phase.COMPLETED, trigger: { trigger: manual, context: agent }, action },
    status: { phase: Phase.PENDING, pendingActionCount: 1 },
  });
  expect(passed).toEqual(["PENDING", "RUNNING", "COMPLETED"]);
  expect(await read(id)).toMatchObject({
    metadata: { startedAt: { nanos: 0 }, finishedAt: { nanos: 0 } },
    status: { pendingActionCount: 0, runningActionCount: 0, doneActionCount: 1, failures: [] },
  });
});

test("a start can be about something else than the workflow is, within its limits", async () => {
  const { emulator, workflows, workflowId, read } = await withWorkflow();
  const start = (contextOverride: object) => workflows.startWorkflow({ workflowId, contextOverride });
  const { workflowExecution } = await start(repositories);
  const id = workflowExecution?.id ?? "";
  emulator.step();
  const running = (await read(id))?.status;
  emulator.settle();

  expect(workflowExecution?.status?.pendingActionCount).toBe(2);
  expect(running).toMatchObject({ pendingActionCount: 1, runningActionCount: 1 });
  expect((await read(id))?.status?.doneActionCount).toBe(2);
  expect([
    (await refusal(start({ context: { case: "fromTrigger", value: {} } })))[0],
    (await refusal(start({ context: { case: "projects", value: { projectIds: [ids.runner] } } })))[0],
  ]).toEqual(["FailedPrecondition", "NotFound"]);
});

test("the name of a workflow lets its executions fail, or holds them in a phase", async () => {
  const { start, path, phaseOf, read } = await withWorkflow("fail");
  const id = await start();
  const failed = await path(() => phaseOf(id));
  const held = await withWorkflow("stuck");
  const other = await held.start();

  expect(failed).toEqual(["PENDING", "RUNNING", "STOPPING", "STOPPED"]);
  expect((await read(id))?.status).toMatchObject({
    failedActionCount: 1,
    stoppedActionCount: 0,
    failures: [{ code: WorkflowErrorCode.ENVIRONMENT_ERROR, message: expect.stringContaining("does not come up") }],
  });
  expect(await held.path(() => held.phaseOf(other))).toEqual(["PENDING", "RUNNING"]);
});

test("an execution that goes on can be cancelled, one that has ended stays as it is", async () => {
  const { emulator, workflows, start, path, phaseOf, read } = await withWorkflow("stuck");
  const workflowExecutionId = await start();
  emulator.settle();
  await workflows.cancelWorkflowExecution({ workflowExecutionId });
  const passed = await path(() => phaseOf(workflowExecutionId));
  const stopped = await read(workflowExecutionId);
  const other = await withWorkflow();
  const ended = await other.start();
  other.emulator.settle();
  const completed = await other.read(ended);
  await other.workflows.cancelWorkflowExecution({ workflowExecutionId: ended });

  expect(passed).toEqual(["RUNNING", "STOPPING", "STOPPED"]);
  expect(stopped).toMatchObject({ spec: { desiredPhase: Phase.STOPPED }, status: { stoppedActionCount: 1 } });
  expect(await other.read(ended)).toEqual(completed);
});

test("a disabled or deleted workflow is not started; one that is deleted ends its executions first, or none by force", async () => {
  const { emulator, workflows, workflowId, start, phaseOf } = await withWorkflow("stuck-stopping");
  await workflows.updateWorkflow({ workflowId, disabled: true });
  const whileDisabled = await refusal(start());
  await workflows.updateWorkflow({ workflowId, disabled: false });
  const id = await start();
  await workflows.deleteWorkflow({ workflowId });
  const whileDeleted = await refusal(start());
  emulator.settle();
  const held = [await phaseOf(id), (await workflows.getWorkflow({ workflowId })).workflow?.spec?.deleting];
  await workflows.deleteWorkflow({ workflowId, force: true });

  expect([whileDisabled[0], whileDeleted[0]]).toEqual(["FailedPrecondition", "FailedPrecondition"]);
  expect(held).toEqual(["STOPPING", true]);
  expect((await refusal(workflows.getWorkflow({ workflowId })))[0]).toBe("NotFound");
  expect((await refusal(phaseOf(id)))[0]).toBe("NotFound");
});

test("executions are listed by workflow, phase, failure and text", async () => {
  const { emulator, workflows, workflowId, start } = await withWorkflow("fail");
  const failed = await start();
  emulator.settle();
  const pending = await start();
  const list = async (filter: object) =>
    (await workflows.listWorkflowExecutions({ filter })).workflowExecutions.map(({ id }) => id);

  expect(await list({ workflowIds: [workflowId], search: "FAIL" })).toEqual([failed, pending]);
  expect(await list({ statusPhases: [Phase.PENDING] })).toEqual([pending]);
  expect(await list({ workflowExecutionIds: [failed] })).toEqual([failed]);
  expect(await list({ hasFailedActions: true })).toEqual([failed]);
  expect(await list({ hasFailedActions: false })).toEqual([pending]);
  expect(await list({ search: "weekly" })).toEqual([]);
});

test("who has no role on a workflow neither starts it nor cancels what it runs", async () => {
  const { as, workflowId, start } = await withWorkflow();
  const workflowExecutionId = await start();
  const { workflows: theirs } = as(tokens.colleague);

  expect([
    (await refusal(theirs.startWorkflow({ workflowId })))[0],
    (await refusal(theirs.cancelWorkflowExecution({ workflowExecutionId })))[0],
    (await refusal(as(tokens.stranger).workflows.getWorkflowExecution({ workflowExecutionId })))[0],
  ]).toEqual(["PermissionDenied", "PermissionDenied", "NotFound"]);
});
