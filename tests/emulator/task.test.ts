import { TaskExecutionPhase } from "../../proto/gen/gitpod/v1/environment_automation_pb";
import { open, refusal } from "./open";

test.each([
  ["npm run build", ["PENDING", "RUNNING", "SUCCEEDED"]],
  ["sleep 3; echo done", ["PENDING", "RUNNING", "SUCCEEDED"]],
  ["npm test; exit 2", ["PENDING", "RUNNING", "FAILED"]],
  ["tail -f log", ["PENDING", "RUNNING"]],
])("an execution of %s ends as the command says", async (command, phases) => {
  const { automations, settled, addTask, executionPhaseOf, path } = open();
  const { taskExecution } = await automations.startTask({ id: await addTask(await settled(), command) });

  expect(await path(() => executionPhaseOf(taskExecution?.id ?? ""))).toEqual(phases);
});

test("what a task depends on runs before it, in groups", async () => {
  const { emulator, automations, settled, addService, addTask, execution, servicePhaseOf } = open();
  const environmentId = await settled();
  const database = await addService(environmentId, "sleep infinity", { ready: "true" });
  const install = await addTask(environmentId, "npm ci");
  const build = await addTask(environmentId, "npm run build", [install, database]);
  const { taskExecution } = await automations.startTask({ id: build });
  emulator.settle();

  const { spec, status } = await execution(taskExecution?.id ?? "");

  const plan = spec?.plan.map(({ steps }) =>
    steps.map(({ step }) => (step.case === "task" ? step.value.id : step.value)).sort(),
  );
  expect(plan).toEqual([[database, install].sort(), [build]]);
  expect(status?.steps.map(({ phase }) => phase)).toEqual(Array(3).fill(TaskExecutionPhase.SUCCEEDED));
  expect(status?.phase).toBe(TaskExecutionPhase.SUCCEEDED);
  expect(await servicePhaseOf(database)).toBe("RUNNING");
});

test("a step that fails ends the execution, and later steps never start", async () => {
  const { emulator, automations, settled, addTask, execution } = open();
  const environmentId = await settled();
  const install = await addTask(environmentId, "exit 7");
  const build = await addTask(environmentId, "npm run build", [install]);
  const { taskExecution } = await automations.startTask({ id: build });
  emulator.settle();

  const { status, metadata } = await execution(taskExecution?.id ?? "");

  expect(metadata).toMatchObject({ taskId: build, environmentId, startedBy: "manual" });
  expect([status?.phase, status?.failureMessage, status?.steps.length]).toEqual([
    TaskExecutionPhase.FAILED,
    "Build: the command exited with code 7",
    1,
  ]);
  expect(metadata?.completedAt).toBeDefined();
});

test("a running execution can be stopped, one that has ended stays as it is", async () => {
  const { emulator, automations, settled, addTask, execution } = open();
  const environmentId = await settled();
  const run = async (command: string) => {
    const { taskExecution } = await automations.startTask({ id: await addTask(environmentId, command) });
    emulator.settle();
    await automations.stopTaskExecution({ id: taskExecution?.id ?? "" });
    emulator.settle();
    return (await execution(taskExecution?.id ?? "")).status?.phase;
  };

  expect([await run("sleep infinity"), await run("true")]).toEqual([
    TaskExecutionPhase.STOPPED,
    TaskExecutionPhase.SUCCEEDED,
  ]);
});

test("executions stop with their environment, and tasks start only while it runs", async () => {
  const { emulator, automations, environments, settled, addTask, executionPhaseOf } = open();
  const environmentId = await settled();
  const id = await addTask(environmentId, "sleep infinity");
  const { taskExecution } = await automations.startTask({ id });
  emulator.settle();
  await environments.stopEnvironment({ environmentId });
  emulator.settle();

  expect(await executionPhaseOf(taskExecution?.id ?? "")).toBe("STOPPED");
  expect(await refusal(automations.startTask({ id }))).toEqual([
    "FailedPrecondition",
    `environment ${environmentId} is not running`,
  ]);
});

test("an update of a task changes what it states, and an empty list changes nothing", async () => {
  const { automations, settled, addTask } = open();
  const environmentId = await settled();
  const other = await addTask(environmentId, "npm ci");
  const id = await addTask(environmentId, "npm run build", [other]);
  await automations.updateTask({ id, metadata: { description: "Builds" }, spec: { prebuildRequiresSuccess: true } });

  const { task } = await automations.getTask({ id });

  expect(task).toMatchObject({
    dependsOn: [other],
    metadata: { name: "Build", description: "Builds" },
    spec: { command: "npm run build", prebuildRequiresSuccess: true },
  });
});

test("a task cannot depend on itself or on what does not exist", async () => {
  const { emulator, automations, settled, addTask } = open();
  const environmentId = await settled();
  const first = await addTask(environmentId, "true");
  const second = await addTask(environmentId, "true", [first]);
  const nowhere = emulator.ids.owner;

  expect(await refusal(automations.updateTask({ id: first, dependsOn: [second] }))).toEqual([
    "InvalidArgument",
    `depends_on: automation ${first} depends on itself`,
  ]);
  expect(await refusal(addTask(environmentId, "true", [nowhere]))).toEqual([
    "InvalidArgument",
    `depends_on: automation ${nowhere} not found in environment ${environmentId}`,
  ]);
});

test("a deleted task takes its executions with it", async () => {
  const { emulator, automations, settled, addTask, executionPhaseOf } = open();
  const id = await addTask(await settled(), "true");
  const { taskExecution } = await automations.startTask({ id });
  emulator.settle();
  await automations.deleteTask({ id });

  expect((await refusal(automations.getTask({ id })))[0]).toBe("NotFound");
  expect((await refusal(executionPhaseOf(taskExecution?.id ?? "")))[0]).toBe("NotFound");
});

test("executions are listed by task, reference and phase, the newest first", async () => {
  const { emulator, automations, settled, addTask } = open();
  const environmentId = await settled();
  const good = await addTask(environmentId, "true");
  const bad = await addTask(environmentId, "false");
  const started: string[] = [];
  for (const id of [good, bad, good]) {
    started.push((await automations.startTask({ id })).taskExecution?.id ?? "");
  }
  emulator.settle();
  const list = async (filter: object) =>
    (await automations.listTaskExecutions({ filter })).taskExecutions.map(({ id }) => started.indexOf(id));

  expect(await list({ environmentIds: [environmentId] })).toEqual([2, 1, 0]);
  expect(await list({ taskIds: [good] })).toEqual([2, 0]);
  expect(await list({ taskReferences: ["task-1"] })).toEqual([1]);
  expect(await list({ phases: [TaskExecutionPhase.FAILED] })).toEqual([1]);
});
