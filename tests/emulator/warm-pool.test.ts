import { ids, tokens } from "../../emulator";
import { WarmPoolPhase as Phase } from "../../proto/gen/gitpod/v1/prebuild_pb";
import { open, refusal, repository } from "./open";

async function withProject() {
  const opened = open();
  const { project } = await opened.projects.createProject({
    name: "Shop",
    initializer: repository,
    prebuildConfiguration: { enabled: true, environmentClassIds: [ids.smallClass, ids.largeClass] },
  });
  const projectId = project?.id ?? "";
  const pool = { projectId, environmentClassId: ids.smallClass };
  const phaseOf = async (warmPoolId: string) => {
    const { warmPool } = await opened.prebuilds.getWarmPool({ warmPoolId });
    return Phase[warmPool?.status?.phase ?? Phase.UNSPECIFIED] ?? "";
  };
  return { ...opened, projectId, pool, phaseOf };
}

test("a warm pool waits for a prebuild, and is filled from it", async () => {
  const { prebuilds, emulator, pool, projectId, phaseOf } = await withProject();
  const { warmPool } = await prebuilds.createWarmPool(pool);
  const warmPoolId = warmPool?.id ?? "";
  emulator.settle();
  const waiting = await phaseOf(warmPoolId);
  emulator.admin.finishPrebuild(projectId);
  emulator.step();
  const filled = (await prebuilds.getWarmPool({ warmPoolId })).warmPool;

  expect(warmPool).toMatchObject({
    metadata: { ...pool, organizationId: ids.organization, runnerId: ids.runner },
    spec: { minSize: 0, maxSize: 2, desiredSize: 2, desiredPhase: Phase.READY },
    status: { phase: Phase.PENDING, desiredSize: 2 },
  });
  expect(waiting).toBe("PENDING");
  expect(filled).toMatchObject({ spec: { snapshotId: expect.any(String) }, status: { phase: Phase.READY } });
});

test("sizes change one by one, and the smallest is not above the largest", async () => {
  const { prebuilds, pool } = await withProject();
  const warmPoolId = (await prebuilds.createWarmPool({ ...pool, minSize: 1, maxSize: 3 })).warmPool?.id ?? "";
  const { warmPool } = await prebuilds.updateWarmPool({ warmPoolId, minSize: 0 });
  const byOldName = await prebuilds.updateWarmPool({ warmPoolId, desiredSize: 2 });
  const larger = { ...pool, environmentClassId: ids.largeClass, minSize: 3 };

  expect(warmPool?.spec).toMatchObject({ minSize: 0, maxSize: 3, specVersion: 2n });
  expect(byOldName.warmPool?.spec).toMatchObject({ minSize: 0, maxSize: 2, desiredSize: 2 });
  expect((await refusal(prebuilds.updateWarmPool({ warmPoolId, minSize: 4 })))[0]).toBe("InvalidArgument");
  expect((await prebuilds.getWarmPool({ warmPoolId })).warmPool?.spec?.minSize).toBe(0);
  expect((await refusal(prebuilds.createWarmPool(larger)))[0]).toBe("InvalidArgument");
});

test("a project has one pool of a class, of those that its prebuilds are for", async () => {
  const { prebuilds, projects, pool, projectId } = await withProject();
  await prebuilds.createWarmPool(pool);
  const again = await refusal(prebuilds.createWarmPool(pool));
  const foreign = await refusal(prebuilds.createWarmPool({ ...pool, environmentClassId: ids.disabledClass }));
  await projects.updateProject({ projectId, prebuildConfiguration: { enabled: false } });
  const off = await refusal(prebuilds.createWarmPool({ ...pool, environmentClassId: ids.largeClass }));

  expect([again[0], foreign[0], off[0]]).toEqual(["AlreadyExists", "FailedPrecondition", "FailedPrecondition"]);
});

test("a deleted pool is deleting, then deleted for a while, then gone; it takes no change", async () => {
  const { prebuilds, pool, phaseOf, path } = await withProject();
  const warmPoolId = (await prebuilds.createWarmPool(pool)).warmPool?.id ?? "";
  await prebuilds.deleteWarmPool({ warmPoolId });
  const refused = await refusal(prebuilds.updateWarmPool({ warmPoolId, maxSize: 5 }));
  await prebuilds.deleteWarmPool({ warmPoolId });

  expect(await path(() => phaseOf(warmPoolId))).toEqual(["DELETING", "DELETED", "NotFound"]);
  expect(refused[0]).toBe("FailedPrecondition");
  await expect(prebuilds.createWarmPool(pool)).resolves.toBeDefined();
});

test("pools go when prebuilds are turned off, and with their project", async () => {
  const { prebuilds, projects, emulator, pool, projectId } = await withProject();
  await prebuilds.createWarmPool(pool);
  await projects.updateProject({ projectId, prebuildConfiguration: { enabled: false } });
  const [deleting] = (await prebuilds.listWarmPools({ filter: { projectIds: [projectId] } })).warmPools;
  emulator.settle();
  const afterTurningOff = emulator.admin.objects("warmPools");
  const prebuildConfiguration = { enabled: true, environmentClassIds: [ids.smallClass] };
  await projects.updateProject({ projectId, prebuildConfiguration });
  await prebuilds.createWarmPool(pool);
  await projects.deleteProject({ projectId });
  emulator.settle();

  expect(deleting?.spec?.desiredPhase).toBe(Phase.DELETED);
  expect([afterTurningOff, emulator.admin.objects("warmPools")]).toEqual([[], []]);
});

test("pools are listed by project and class", async () => {
  const { prebuilds, pool, projectId } = await withProject();
  const { warmPool } = await prebuilds.createWarmPool(pool);
  const list = async (filter: object) => (await prebuilds.listWarmPools({ filter })).warmPools;

  expect(await list({ projectIds: [projectId], environmentClassIds: [ids.smallClass] })).toEqual([warmPool]);
  expect(await list({ environmentClassIds: [ids.largeClass] })).toEqual([]);
});

test("pools are changed by who administers their project, and read by every member", async () => {
  const { as, prebuilds, pool } = await withProject();
  const theirs = as(tokens.colleague);
  const own = await theirs.projects.createProject({
    name: "Own",
    initializer: repository,
    prebuildConfiguration: { enabled: true, environmentClassIds: [ids.smallClass] },
  });
  const ofOwn = { ...pool, projectId: own.project?.id ?? "" };
  const warmPoolId = (await prebuilds.createWarmPool(pool)).warmPool?.id ?? "";

  expect((await refusal(theirs.prebuilds.updateWarmPool({ warmPoolId, maxSize: 3 })))[0]).toBe("PermissionDenied");
  expect((await theirs.prebuilds.getWarmPool({ warmPoolId })).warmPool?.id).toBe(warmPoolId);
  await expect(theirs.prebuilds.createWarmPool(ofOwn)).resolves.toBeDefined();
  expect((await refusal(as(tokens.stranger).prebuilds.createWarmPool(pool)))[0]).toBe("NotFound");
});
