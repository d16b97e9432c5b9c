import { ids, tokens } from "../../emulator";
import {
  PrebuildPhase as Phase,
  PrebuildMetadata_PrebuildTrigger as Trigger,
} from "../../proto/gen/gitpod/v1/prebuild_pb";
import { open, refusal, repository } from "./open";

const classes = [ids.smallClass, ids.largeClass];

async function withProject(
  name = "Shop",
  prebuildConfiguration: object = { enabled: true, environmentClassIds: classes },
) {
  const opened = open();
  const { prebuilds, projects } = opened;
  const projectId =
    (await projects.createProject({ name, initializer: repository, prebuildConfiguration })).project?.id ?? "";
  const start = async () => (await prebuilds.createPrebuild({ projectId, spec: {} })).prebuild?.id ?? "";
  const statusOf = async (prebuildId: string) => (await prebuilds.getPrebuild({ prebuildId })).prebuild?.status;
  const phaseOf = async (id: string) => Phase[(await statusOf(id))?.phase ?? Phase.UNSPECIFIED] ?? "";
  return { ...opened, projectId, start, statusOf, phaseOf };
}

test("a prebuild passes all phases, one a step, and then fills the warm pools of its project", async () => {
  const { prebuilds, projectId, path, phaseOf, statusOf } = await withProject();
  const pool = await prebuilds.createWarmPool({ projectId, environmentClassId: ids.smallClass });
  const { prebuild } = await prebuilds.createPrebuild({ projectId, spec: {} });
  const id = prebuild?.id ?? "";
  const passed = await path(() => phaseOf(id));
  const { warmPool } = await prebuilds.getWarmPool({ warmPoolId: pool.warmPool?.id ?? "" });

  expect(prebuild).toMatchObject({
    metadata: {
      projectId,
      organizationId: ids.organization,
      environmentClassId: ids.smallClass,
      creator: { id: ids.owner },
      executor: { id: ids.owner },
      triggeredBy: Trigger.MANUAL,
    },
    spec: { desiredPhase: Phase.COMPLETED, specVersion: 1n, timeout: { seconds: 3600n } },
    status: { phase: Phase.PENDING },
  });
  expect(passed).toEqual(["PENDING", "STARTING", "RUNNING", "STOPPING", "SNAPSHOTTING", "COMPLETED"]);
  expect(await statusOf(id)).toMatchObject({
    completionTime: { nanos: 0 },
    failureMessage: "",
    snapshotCompletionPercentage: 100,
  });
  expect(warmPool?.spec?.snapshotId).toBe(id);
});

test("a prebuild is for a class that its project has prebuilds for, the first where none is named", async () => {
  const { prebuilds, projectId } = await withProject();
  const asked = (environmentClassId: string) => prebuilds.createPrebuild({ projectId, environmentClassId, spec: {} });
  const large = (await asked(ids.largeClass)).prebuild;
  const off = await withProject("Off", { enabled: false, environmentClassIds: classes });
  const none = await withProject("None", { enabled: true });

  expect(large?.metadata?.environmentClassId).toBe(ids.largeClass);
  expect([
    (await refusal(asked(ids.disabledClass)))[0],
    (await refusal(off.start()))[0],
    (await refusal(none.start()))[0],
    (await refusal(prebuilds.createPrebuild({ projectId: ids.runner, spec: {} })))[0],
  ]).toEqual(["FailedPrecondition", "FailedPrecondition", "FailedPrecondition", "NotFound"]);
});

test("the name of a project lets its prebuilds fail, or holds them in a phase", async () => {
  const outcome = async (name: string) => {
    const { emulator, start, statusOf } = await withProject(name);
    const id = await start();
    emulator.settle();
    const { phase, failureMessage } = (await statusOf(id)) ?? {};
    return [Phase[phase ?? Phase.UNSPECIFIED], failureMessage];
  };

  expect([await outcome("fail"), await outcome("stuck"), await outcome("stuck-snapshotting")]).toEqual([
    ["FAILED", "the image cannot be baked: its environment does not come up"],
    ["RUNNING", ""],
    ["SNAPSHOTTING", ""],
  ]);
});

test("a prebuild that goes on can be cancelled, one that has ended stays as it is", async () => {
  const { emulator, prebuilds, start, path, phaseOf } = await withProject("stuck");
  const prebuildId = await start();
  emulator.settle();
  const { prebuild } = await prebuilds.cancelPrebuild({ prebuildId });
  const passed = await path(() => phaseOf(prebuildId));
  const other = await withProject();
  const completed = await other.start();
  other.emulator.settle();
  const again = (await other.prebuilds.cancelPrebuild({ prebuildId: completed })).prebuild;

  expect(prebuild).toMatchObject({ spec: { desiredPhase: Phase.CANCELLED }, status: { phase: Phase.CANCELLING } });
  expect(passed).toEqual(["CANCELLING", "CANCELLED"]);
  expect(again).toMatchObject({ spec: { desiredPhase: Phase.COMPLETED }, status: { phase: Phase.COMPLETED } });
});

test("a deleted prebuild ends before it goes; one that had ended goes at once", async () => {
  const { emulator, prebuilds, start, path, phaseOf } = await withProject();
  const ended = await start();
  emulator.settle();
  await prebuilds.deletePrebuild({ prebuildId: ended });
  const afterTheEnd = await path(() => phaseOf(ended));
  const active = await start();
  emulator.step();
  await prebuilds.deletePrebuild({ prebuildId: active });
  await prebuilds.deletePrebuild({ prebuildId: active });

  expect(afterTheEnd).toEqual(["DELETING", "DELETED", "NotFound"]);
  expect(await path(() => phaseOf(active))).toEqual(["CANCELLING", "CANCELLED", "DELETING", "DELETED", "NotFound"]);
});

test("prebuilds are listed by project, phase, trigger and people, and go with their project", async () => {
  const { emulator, prebuilds, projects, projectId, start } = await withProject();
  const first = await start();
  emulator.settle();
  const second = await start();
  const list = async (filter: object) => (await prebuilds.listPrebuilds({ filter })).prebuilds.map(({ id }) => id);
  const lists = [
    await list({ projectIds: [projectId], triggeredBy: [Trigger.MANUAL], creatorIds: [ids.owner] }),
    await list({ phases: [Phase.COMPLETED], executorIds: [ids.owner] }),
    await list({ projectIds: [ids.runner] }),
    await list({ executorIds: [ids.colleague] }),
  ];
  await projects.deleteProject({ projectId });
  emulator.settle();

  expect(lists).toEqual([[first, second], [first], [], []]);
  expect(emulator.admin.objects("prebuilds")).toEqual([]);
});

test("the log of a prebuild opens with a token of its own, and says why it has failed", async () => {
  const { emulator, prebuilds, projectId, start, statusOf } = await withProject("fail");
  const { url } = await emulator.listen();
  const [one, other] = [await start(), await start()];
  emulator.settle();
  const logUrl = (await statusOf(one))?.logUrl ?? "";
  const read = async (prebuildId: string) => {
    const { accessToken } = await prebuilds.createPrebuildLogsToken({ prebuildId });
    return fetch(logUrl, { headers: { authorization: `Bearer ${accessToken}` } });
  };
  const log = await (await read(one)).text();

  expect(logUrl).toBe(`${url}/logs/prebuilds/${one}`);
  expect(log).toBe(
    `prebuild of project ${projectId}\nerror: the image cannot be baked: its environment does not come up\n`,
  );
  expect((await read(other)).status).toBe(401);
  await emulator.close();
});

test("who has no role on a project looks at its prebuilds, and starts and ends none", async () => {
  const { as, projectId, start } = await withProject();
  const prebuildId = await start();
  const { prebuilds: theirs } = as(tokens.colleague);

  expect((await theirs.getPrebuild({ prebuildId })).prebuild?.id).toBe(prebuildId);
  expect([
    (await refusal(theirs.createPrebuild({ projectId, spec: {} })))[0],
    (await refusal(theirs.cancelPrebuild({ prebuildId })))[0],
    (await refusal(theirs.deletePrebuild({ prebuildId })))[0],
    (await refusal(theirs.createPrebuildLogsToken({ prebuildId })))[0],
    (await refusal(as(tokens.stranger).prebuilds.getPrebuild({ prebuildId })))[0],
  ]).toEqual([...Array.from({ length: 4 }, () => "PermissionDenied"), "NotFound"]);
});
