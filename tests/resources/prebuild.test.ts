import { prebuild, project } from "../../provider/resources";
import type { JsonObject } from "../../provider/value/json";
import { created, createScene, difference, ids, type Kept, notReady, refreshed, removed, type Scene } from "./scene";

const cancels = "PrebuildService/CancelPrebuild";
const deletes = "PrebuildService/DeletePrebuild";
const reads = "PrebuildService/GetPrebuild";
const environmentClassIds = [ids.smallClass, ids.largeClass];

async function withProject(name = "Website"): Promise<{ scene: Scene; inputs: JsonObject }> {
  const scene = createScene();
  const { id: projectId } = await created(scene, project, {
    name,
    initializer: { specs: [{ git: { remoteUri: "https://example.com/website.git" } }] },
    environmentClasses: environmentClassIds.map((environmentClassId, order) => ({ environmentClassId, order })),
    prebuildConfiguration: { enabled: true, environmentClassIds },
  });
  scene.restart();
  return { scene, inputs: { projectId, environmentClassId: ids.smallClass, spec: {} } };
}

/** A prebuild that its create has not waited for, since it never leaves RUNNING. */
async function running(scene: Scene, inputs: JsonObject): Promise<Kept> {
  const { id, state } = await notReady(created(scene, prebuild, inputs, { timeout: 60 }));
  return { id, state };
}

/** Lets somebody else change the only prebuild just before a call. */
function before({ emulator: { admin } }: Scene, method: string, change: JsonObject): void {
  const stop = admin.onCall((called, moment) => {
    const [object] = admin.objects("prebuilds") as [{ id: string }?];
    if (!object || called !== method || moment !== "before") return;
    admin.patch("prebuilds", object.id, change);
    stop();
  });
}

/** Returns the writes of some work, each with the phase of the only prebuild at that time. */
async function writesDuring({ emulator: { admin } }: Scene, work: () => Promise<unknown>): Promise<string[]> {
  const writes: string[] = [];
  const stop = admin.onCall((called, moment) => {
    const [object] = admin.objects("prebuilds") as [{ status: { phase: string } }?];
    if (moment === "before" && [cancels, deletes].includes(called)) writes.push(`${called} ${object?.status.phase}`);
  });
  await work().finally(stop);
  return writes;
}

test("a prebuild is created when it is completed, and events tell of that", async () => {
  const { scene, inputs } = await withProject();

  const { state } = await created(scene, prebuild, inputs);

  expect(state.outputs).toMatchObject({
    metadata: { environmentClassId: ids.smallClass, triggeredBy: "PREBUILD_TRIGGER_MANUAL" },
    status: { phase: "PREBUILD_PHASE_COMPLETED" },
  });
  expect(scene.emulator.calls()).toMatchObject({ "EventService/WatchEvents": 1 });
});

test("a prebuild that fails, or that somebody cancels or deletes, keeps its id in the state, and the next up replaces it", async () => {
  const failing = await withProject("fail");
  const failure = await notReady(created(failing.scene, prebuild, failing.inputs));
  const { scene, inputs } = await withProject("stuck");
  before(scene, reads, {
    spec: { desiredPhase: "PREBUILD_PHASE_CANCELLED" },
    status: { phase: "PREBUILD_PHASE_CANCELLING" },
  });
  const cancelled = await notReady(created(scene, prebuild, inputs));
  const { id, state } = cancelled;
  scene.emulator.admin.patch("prebuilds", id, { status: { phase: "PREBUILD_PHASE_DELETING" } });
  const kept = { id, state };
  await refreshed(scene, prebuild, kept);

  expect(failure.message).toMatch(
    /^Prebuild \S+ did not reach COMPLETED, it is FAILED: the image cannot be baked: .+\n {2}phases: /,
  );
  expect(cancelled.message).toMatch(/^Prebuild \S+ did not reach COMPLETED, it is CANCELLED: /);
  expect([
    difference(failing.scene, prebuild, { id: failure.id, state: failure.state }, failing.inputs).replaces,
    difference(scene, prebuild, cancelled, inputs).replaces,
    difference(scene, prebuild, kept, inputs).replaces,
  ]).toEqual([["id"], ["id"], ["id"]]);
});

test("changed triggers bake again", async () => {
  const { scene, inputs } = await withProject();
  const kept = await created(scene, prebuild, { ...inputs, triggers: { commit: "a1" } });

  expect(difference(scene, prebuild, kept, { ...inputs, triggers: { commit: "b2" } }).replaces).toEqual(["triggers"]);
});

test("a prebuild that the platform has pruned is no drift", async () => {
  const { scene, inputs } = await withProject();
  const kept = await created(scene, prebuild, inputs);
  const { state } = kept;
  scene.emulator.admin.remove("prebuilds", kept.id);

  expect(await refreshed(scene, prebuild, kept)).toEqual(state);
});

test("a deletion cancels a prebuild that goes on and waits for its end first; one that has ended or is on its way out is not cancelled", async () => {
  const { scene, inputs } = await withProject("stuck");
  const first = await running(scene, inputs);
  const whileRunning = await writesDuring(scene, () => removed(scene, prebuild, first));
  scene.emulator.settle();
  const left = scene.emulator.admin.objects("prebuilds");
  const second = await running(scene, inputs);
  scene.emulator.admin.patch("prebuilds", second.id, { status: { phase: "PREBUILD_PHASE_DELETING" } });
  const whileDeleted = await writesDuring(scene, () => removed(scene, prebuild, second));

  expect(whileRunning).toEqual([`${cancels} PREBUILD_PHASE_RUNNING`, `${deletes} PREBUILD_PHASE_CANCELLED`]);
  expect(left).toEqual([]);
  expect(whileDeleted).toEqual([expect.stringContaining(deletes)]);
});

test("a refused cancellation means nothing where the prebuild has ended meanwhile, and stops the deletion where it goes on", async () => {
  const { scene, inputs } = await withProject("stuck");
  const kept = await running(scene, inputs);
  const { admin } = scene.emulator;
  admin.fault({ method: cancels, times: 2, refuse: { code: "failed_precondition", message: "not now" } });
  await expect(removed(scene, prebuild, kept)).rejects.toThrow(/^could not cancel Prebuild \S+: not now/);
  before(scene, cancels, { status: { phase: "PREBUILD_PHASE_COMPLETED" } });

  const writes = await writesDuring(scene, () => removed(scene, prebuild, kept));

  scene.emulator.settle();
  expect(writes).toEqual([expect.stringContaining(cancels), `${deletes} PREBUILD_PHASE_COMPLETED`]);
  expect(admin.objects("prebuilds")).toEqual([]);
});

test("what an interrupted run has begun goes on; prebuilds of the schedule, of others and for other classes are left alone", async () => {
  const { scene, inputs } = await withProject("stuck");
  const left = await running(scene, inputs);
  const { admin } = scene.emulator;
  const taken = async (change: JsonObject) => {
    admin.patch("prebuilds", left.id, change);
    scene.restart();
    const { id, state } = await running(scene, inputs);
    if (id !== left.id) await removed(scene, prebuild, { id, state });
    return id === left.id;
  };

  expect([
    await taken({}),
    await taken({ metadata: { triggeredBy: "PREBUILD_TRIGGER_SCHEDULED" } }),
    await taken({ metadata: { triggeredBy: "PREBUILD_TRIGGER_MANUAL", environmentClassId: ids.largeClass } }),
    await taken({ metadata: { environmentClassId: ids.smallClass, creator: { id: ids.colleague } } }),
  ]).toEqual([true, false, false, false]);
});
