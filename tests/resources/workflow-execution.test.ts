import { workflow, workflowExecution } from "../../provider/resources";
import type { JsonObject } from "../../provider/value/json";
import { created, createScene, difference, ids, type Kept, notReady, refreshed, removed, type Scene } from "./scene";

const cancels = "WorkflowService/CancelWorkflowExecution";
const reads = "WorkflowService/GetWorkflowExecution";

async function withWorkflow(name = "Upkeep"): Promise<{ scene: Scene; inputs: JsonObject }> {
  const scene = createScene();
  const { id: workflowId } = await created(scene, workflow, {
    name,
    triggers: [{ manual: {}, context: { agent: { prompt: "look" } } }],
    action: { limits: { maxParallel: 1, maxTotal: 3 }, steps: [{ task: { command: "npm test" } }] },
  });
  scene.restart();
  return { scene, inputs: { workflowId } };
}

/** A run that its create has not waited for, since it does not get on. */
async function unfinished(scene: Scene, inputs: JsonObject): Promise<Kept> {
  const { id, state } = await notReady(created(scene, workflowExecution, inputs, { timeout: 60 }));
  return { id, state };
}

const phasesIn = ({ emulator }: Scene): string[] =>
  emulator.admin
    .objects("workflowExecutions")
    .map((object) => (object as { status: { phase: string } }).status.phase.replace("WORKFLOW_EXECUTION_PHASE_", ""));

test("a run is created when it is completed, and events tell of that", async () => {
  const { scene, inputs } = await withWorkflow();

  const { state } = await created(scene, workflowExecution, inputs);

  expect(state.outputs).toMatchObject({
    metadata: inputs,
    status: { phase: "WORKFLOW_EXECUTION_PHASE_COMPLETED", doneActionCount: 1 },
  });
  expect(scene.emulator.calls()).toMatchObject({ "EventService/WatchEvents": 1 });
});

test("a run that stops is an error with its reasons, and the next up runs the workflow again", async () => {
  const { scene, inputs } = await withWorkflow("fail");

  const failure = await notReady(created(scene, workflowExecution, inputs));

  expect(failure.message).toMatch(
    /^WorkflowExecution \S+ did not reach COMPLETED, it is STOPPED with failedActionCount 1: a step has failed: its environment does not come up\n/,
  );
  expect(difference(scene, workflowExecution, failure, inputs).replaces).toEqual(["id"]);
});

test("a run that is completed with failed actions is no success: an error counts them, and the next up runs the workflow again", async () => {
  const { scene, inputs } = await withWorkflow("stuck");
  const { admin } = scene.emulator;
  const failures = [{ message: "the tests of the shop fail" }, { message: "the docs are gone" }];
  const stop = admin.onCall((called) => {
    const [object] = admin.objects("workflowExecutions") as [{ id: string }?];
    if (called !== reads || !object) return;
    const status = { phase: "WORKFLOW_EXECUTION_PHASE_COMPLETED", failedActionCount: 2, failures };
    admin.patch("workflowExecutions", object.id, { status });
    stop();
  });
  const failure = await notReady(created(scene, workflowExecution, inputs));
  const kept = { id: failure.id, state: failure.state };
  const state = await refreshed(scene, workflowExecution, kept);

  expect(failure.message).toMatch(
    /^WorkflowExecution \S+ is COMPLETED with failedActionCount 2: the tests of the shop fail; the docs are gone\n/,
  );
  expect(state?.seen.ready).toBeUndefined();
  expect(difference(scene, workflowExecution, kept, inputs).replaces).toEqual(["id"]);
});

test("changed triggers run the workflow again", async () => {
  const { scene, inputs } = await withWorkflow();
  const kept = await created(scene, workflowExecution, { ...inputs, triggers: { release: "1" } });

  const { replaces } = difference(scene, workflowExecution, kept, { ...inputs, triggers: { release: "2" } });

  expect(replaces).toEqual(["triggers"]);
});

test("a run that the platform has pruned is no drift", async () => {
  const { scene, inputs } = await withWorkflow();
  const kept = await created(scene, workflowExecution, inputs);
  const { state } = kept;
  scene.emulator.admin.remove("workflowExecutions", kept.id);

  expect(await refreshed(scene, workflowExecution, kept)).toEqual(state);
});

test("a deletion cancels a run and returns when it has stopped, and calls nothing where it has ended", async () => {
  const { scene, inputs } = await withWorkflow("stuck");
  const kept = await unfinished(scene, inputs);
  scene.emulator.admin.resetCalls();
  await removed(scene, workflowExecution, kept);
  const phases = phasesIn(scene);
  await removed(scene, workflowExecution, kept);

  expect(phases).toEqual(["STOPPED"]);
  expect(scene.emulator.calls()[cancels]).toBe(1);
});

test("what an interrupted run has begun goes on, even if it has not started; runs of a trigger and of others are left alone", async () => {
  const { scene, inputs } = await withWorkflow("stuck-pending");
  const left = await unfinished(scene, inputs);
  const { admin } = scene.emulator;
  const taken = async (change: JsonObject) => {
    admin.patch("workflowExecutions", left.id, change);
    scene.restart();
    const { id, state } = await unfinished(scene, inputs);
    if (id !== left.id) await removed(scene, workflowExecution, { id, state });
    return id === left.id;
  };

  expect([
    await taken({}),
    await taken({ metadata: { creator: { id: ids.colleague } } }),
    await taken({ metadata: { creator: { id: ids.owner } }, spec: { trigger: { manual: null, time: {} } } }),
  ]).toEqual([true, false, false]);
});
