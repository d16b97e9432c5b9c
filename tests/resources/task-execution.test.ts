import { environment, task, taskExecution } from "../../provider/resources";
import { callsDuring, created, createScene, difference, ids, notReady, refreshed, removed, type Scene } from "./scene";

async function withTask(command: string): Promise<{ scene: Scene; taskId: string }> {
  const scene = createScene();
  const { id } = await created(scene, environment, { spec: { machine: { class: ids.smallClass } } });
  const metadata = { reference: "seed", name: "Seed" };
  const { id: taskId } = await created(scene, task, { environmentId: id, metadata, spec: { command } });
  return { scene, taskId };
}

test("an execution is created when the task has succeeded", async () => {
  const { scene, taskId } = await withTask("sleep 3");
  const kept = await created(scene, taskExecution, { taskId });

  expect(kept.state.outputs).toMatchObject({
    metadata: { taskId },
    status: { phase: "TASK_EXECUTION_PHASE_SUCCEEDED" },
  });
});

test("a long task is waited for only until it runs where the program says so", async () => {
  const { scene, taskId } = await withTask("sleep infinity");
  const kept = await created(scene, taskExecution, { taskId, desiredPhase: "RUNNING" });

  expect(kept.state.outputs).toMatchObject({ status: { phase: "TASK_EXECUTION_PHASE_RUNNING" } });
});

test("a failed execution keeps its id in state, and the next up replaces it", async () => {
  const { scene, taskId } = await withTask("exit 7");

  const failure = await notReady(created(scene, taskExecution, { taskId }));

  expect(failure.message).toMatch(
    /^TaskExecution \S+ did not reach SUCCEEDED, it is FAILED: .+\n {2}step Seed FAILED: the command exited with code 7\n/,
  );
  expect(difference(scene, taskExecution, { id: failure.id, state: failure.state }, { taskId })).toMatchObject({
    replaces: ["desiredPhase"],
  });
});

test("changed triggers run the task again", async () => {
  const { scene, taskId } = await withTask("true");
  const kept = await created(scene, taskExecution, { taskId, triggers: { commit: "a1" } });

  expect(difference(scene, taskExecution, kept, { taskId, triggers: { commit: "b2" } }).replaces).toEqual(["triggers"]);
});

test("an execution that the server has pruned is no drift", async () => {
  const { scene, taskId } = await withTask("true");
  const kept = await created(scene, taskExecution, { taskId });
  scene.emulator.admin.remove("taskExecutions", kept.id);

  const before = kept.state;
  expect(await refreshed(scene, taskExecution, kept)).toEqual(before);
});

test("a deletion stops what still runs, and calls nothing where the execution has ended", async () => {
  const { scene, taskId } = await withTask("sleep infinity");
  const kept = await created(scene, taskExecution, { taskId, desiredPhase: "RUNNING" });

  const first = await callsDuring(scene, () => removed(scene, taskExecution, kept));
  const second = await callsDuring(scene, () => removed(scene, taskExecution, kept));

  expect(first).toMatchObject({ "EnvironmentAutomationService/StopTaskExecution": 1 });
  expect(second).toEqual({ "EnvironmentAutomationService/GetTaskExecution": 1 });
  expect(scene.emulator.admin.objects("taskExecutions")).toMatchObject([
    { status: { phase: "TASK_EXECUTION_PHASE_STOPPED" } },
  ]);
});

test("the settings of the task are not stored with its execution", async () => {
  const { scene, taskId } = await withTask("echo n0t-for-everybody");
  const kept = await created(scene, taskExecution, { taskId });

  expect(JSON.stringify(kept.state)).not.toContain("n0t-for-everybody");
});
