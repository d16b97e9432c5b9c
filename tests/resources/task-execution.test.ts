import { environment, task, taskExecution } from "../../provider/resources";
import { callsDuring, created, createStage, difference, ids, notReady, refreshed, removed, type Stage } from "./stage";

async function withTask(command: string): Promise<{ stage: Stage; taskId: string }> {
  const stage = createStage();
  const { id } = await created(stage, environment, { spec: { machine: { class: ids.smallClass } } });
  const metadata = { reference: "seed", name: "Seed" };
  const { id: taskId } = await created(stage, task, { environmentId: id, metadata, spec: { command } });
  return { stage, taskId };
}

test("an execution is created when the task has succeeded", async () => {
  const { stage, taskId } = await withTask("sleep 3");
  const kept = await created(stage, taskExecution, { taskId });

  expect(kept.state.outputs).toMatchObject({
    metadata: { taskId },
    status: { phase: "TASK_EXECUTION_PHASE_SUCCEEDED" },
  });
});

test("a long task is waited for only until it runs where the program says so", async () => {
  const { stage, taskId } = await withTask("sleep infinity");
  const kept = await created(stage, taskExecution, { taskId, desiredPhase: "RUNNING" });

  expect(kept.state.outputs).toMatchObject({ status: { phase: "TASK_EXECUTION_PHASE_RUNNING" } });
});

test("a failed execution keeps its id in state, and the next up replaces it", async () => {
  const { stage, taskId } = await withTask("exit 7");

  const failure = await notReady(created(stage, taskExecution, { taskId }));

  expect(failure.message).toMatch(
    /^TaskExecution \S+ did not reach SUCCEEDED, it is FAILED: .+\n {2}step Seed FAILED: the command exited with code 7\n/,
  );
  expect(difference(stage, taskExecution, { id: failure.id, state: failure.state }, { taskId })).toMatchObject({
    replaces: ["desiredPhase"],
  });
});

test("changed triggers run the task again", async () => {
  const { stage, taskId } = await withTask("true");
  const kept = await created(stage, taskExecution, { taskId, triggers: { commit: "a1" } });

  expect(difference(stage, taskExecution, kept, { taskId, triggers: { commit: "b2" } }).replaces).toEqual(["triggers"]);
});

test("an execution that the server has pruned is no drift", async () => {
  const { stage, taskId } = await withTask("true");
  const kept = await created(stage, taskExecution, { taskId });
  stage.emulator.admin.remove("taskExecutions", kept.id);

  const before = kept.state;
  expect(await refreshed(stage, taskExecution, kept)).toEqual(before);
});

test("a deletion stops what still runs, and calls nothing where the execution has ended", async () => {
  const { stage, taskId } = await withTask("sleep infinity");
  const kept = await created(stage, taskExecution, { taskId, desiredPhase: "RUNNING" });

  const first = await callsDuring(stage, () => removed(stage, taskExecution, kept));
  const second = await callsDuring(stage, () => removed(stage, taskExecution, kept));

  expect(first).toMatchObject({ "EnvironmentAutomationService/StopTaskExecution": 1 });
  expect(second).toEqual({ "EnvironmentAutomationService/GetTaskExecution": 1 });
  expect(stage.emulator.admin.objects("taskExecutions")).toMatchObject([
    { status: { phase: "TASK_EXECUTION_PHASE_STOPPED" } },
  ]);
});

test("the settings of the task are not stored with its execution", async () => {
  const { stage, taskId } = await withTask("echo n0t-for-everybody");
  const kept = await created(stage, taskExecution, { taskId });

  expect(JSON.stringify(kept.state)).not.toContain("n0t-for-everybody");
});
