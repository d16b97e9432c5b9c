import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { ConnectError } from "@connectrpc/connect";
import { ids } from "../../emulator";
import {
  EnvironmentStatus_RunnerACK_StatusCode as AckCode,
  AdmissionLevel,
  ListEnvironmentsRequest_ArchivalStatus as ArchivalStatus,
  EnvironmentStatus_ContentPhase as ContentPhase,
  CreateEnvironmentFromProjectBadRequestEnvironmentClassDetailsSchema,
  EnvironmentStatus_DevContainer_Phase as DevContainerPhase,
  EnvironmentPhase,
  EnvironmentSpec_Secret_Scope as Scope,
} from "../../proto/gen/gitpod/v1/environment_pb";
import type { Secret, SecretScope } from "../../proto/gen/gitpod/v1/secret_pb";
import { open, refusal, repository, small } from "./open";

test("a new environment comes up by itself", async () => {
  const { environments, phaseOf, path } = open();
  const { environment } = await environments.createEnvironment({ spec: small });

  const seen = await path(() => phaseOf(environment?.id ?? ""));

  expect(seen).toEqual(["CREATING", "STARTING", "RUNNING"]);
});

test("machine, content, dev container and automations file come up one after the other", async () => {
  const { emulator, environments, environment } = open();
  const { environment: created } = await environments.createEnvironment({ spec: small });
  const seen: string[] = [];

  do {
    const { status } = await environment(created?.id ?? "");
    const parts = [status?.machine, status?.content, status?.devcontainer, status?.automationsFile];
    seen.push(parts.map((part) => part?.phase ?? 0).join(" "));
  } while (emulator.step() > 0);

  expect(seen).toEqual([
    "10 10 0 0",
    "20 10 10 10",
    "30 10 10 10",
    "30 20 10 10",
    "30 30 10 10",
    "30 30 20 20",
    "30 30 20 30",
  ]);
});

test("an environment asked for as stopped comes up once and then stops", async () => {
  const { environments, phaseOf, path } = open();
  const spec = { ...small, desiredPhase: EnvironmentPhase.STOPPED };
  const { environment } = await environments.createEnvironment({ spec });

  const seen = await path(() => phaseOf(environment?.id ?? ""));

  expect(environment?.spec?.desiredPhase).toBe(EnvironmentPhase.STOPPED);
  expect(seen).toEqual(["CREATING", "STARTING", "RUNNING", "STOPPING", "STOPPED"]);
});

test("an environment has URLs only while it runs, and ports that nobody declared", async () => {
  const { emulator, environments, environment, settled } = open();
  const id = await settled();
  const running = await environment(id);

  await environments.stopEnvironment({ environmentId: id });
  emulator.settle();
  const stopped = await environment(id);

  expect(running.spec?.ports.map(({ port, name }) => [port, name])).toEqual([
    [50432, "VS Code Server"],
    [61000, "ona-swe-agent"],
  ]);
  expect(running.status?.environmentUrls?.ports.map(({ port }) => port)).toEqual([50432, 61000]);
  expect(stopped.status?.environmentUrls).toBeUndefined();
});

test("an environment that is asked to start is not stopped anymore when the call returns", async () => {
  const { environments, phaseOf, path, settled, emulator } = open();
  const id = await settled();
  await environments.stopEnvironment({ environmentId: id });
  emulator.settle();

  await environments.startEnvironment({ environmentId: id });
  const seen = await path(() => phaseOf(id));

  expect(seen).toEqual(["STARTING", "RUNNING"]);
});

test("starting what runs and stopping what has stopped changes nothing", async () => {
  const { emulator, environments, environment, settled } = open();
  const id = await settled();
  const running = await environment(id);
  await environments.startEnvironment({ environmentId: id });
  const startedAgain = await environment(id);
  await environments.stopEnvironment({ environmentId: id });
  emulator.settle();
  const stopped = await environment(id);
  await environments.stopEnvironment({ environmentId: id });

  const stoppedAgain = await environment(id);

  expect(startedAgain).toEqual(running);
  expect(stoppedAgain).toEqual(stopped);
});

test("a start while stopping waits for the stop", async () => {
  const { environments, phaseOf, path, settled } = open();
  const id = await settled();
  await environments.stopEnvironment({ environmentId: id });
  await environments.startEnvironment({ environmentId: id });

  const seen = await path(() => phaseOf(id));

  expect(seen).toEqual(["STOPPING", "STOPPED", "STARTING", "RUNNING"]);
});

test("an environment that runs is stopped before it is deleted, and is gone in the end", async () => {
  const { environments, phaseOf, path, settled } = open();
  const id = await settled();
  await environments.deleteEnvironment({ environmentId: id });
  await environments.deleteEnvironment({ environmentId: id });

  const seen = await path(() => phaseOf(id));

  expect(seen).toEqual(["STOPPING", "STOPPED", "DELETING", "DELETED", "NotFound"]);
});

test("a forced delete leaves nothing, neither the environment nor what was in it", async () => {
  const { emulator, environments, settled, addService, addTask } = open();
  const id = await settled();
  await addService(id, "sleep infinity");
  await addTask(id, "true");

  await environments.deleteEnvironment({ environmentId: id, force: true });

  const { world } = emulator;
  expect([world.environments, world.services, world.tasks].map(({ rows }) => rows.size)).toEqual([0, 0, 0]);
  expect(await refusal(environments.getEnvironment({ environmentId: id }))).toEqual([
    "NotFound",
    `environment ${id} not found`,
  ]);
});

test.each([
  ["fail-create", ["CREATING", "STOPPING", "STOPPED"]],
  ["fail-start", ["CREATING", "STARTING", "STOPPING", "STOPPED"]],
  ["rejected", ["CREATING", "STARTING", "STOPPING", "STOPPED"]],
  ["fail-after-running", ["CREATING", "STARTING", "RUNNING", "STOPPING", "STOPPED"]],
  ["stuck-creating", ["CREATING"]],
  ["stuck-starting", ["CREATING", "STARTING"]],
])("the name %s tells how the environment fails", async (name, phases) => {
  const { environments, environment, phaseOf, path } = open();
  const created = await environments.createEnvironment({ name, spec: small });
  const id = created.environment?.id ?? "";

  const seen = await path(() => phaseOf(id));

  expect(seen).toEqual(phases);
  expect((await environment(id)).status?.failureMessage).toHaveLength(phases.at(-1) === "STOPPED" ? 1 : 0);
});

test("a second start forgets the failure of the first at once", async () => {
  const { emulator, environments, environment, settled } = open();
  const id = await settled("fail-start-once");
  const failed = await environment(id);

  await environments.startEnvironment({ environmentId: id });
  const starting = await environment(id);
  emulator.settle();
  const running = await environment(id);

  expect([failed, starting, running].map(({ status }) => [status?.phase, status?.failureMessage.length])).toEqual([
    [EnvironmentPhase.STOPPED, 1],
    [EnvironmentPhase.STARTING, 0],
    [EnvironmentPhase.RUNNING, 0],
  ]);
});

test("an environment whose dev container fails runs with a warning", async () => {
  const { environment, settled } = open();

  const { status } = await environment(await settled("devcontainer-fails"));

  expect([status?.phase, status?.devcontainer?.phase, status?.failureMessage, status?.warningMessage]).toEqual([
    EnvironmentPhase.RUNNING,
    DevContainerPhase.FAILED,
    [],
    ["the dev container cannot be built"],
  ]);
});

test("a change of content, dev container or keys passes through UPDATING, a change of the name does not", async () => {
  const { environments, phaseOf, path, settled } = open();
  const id = await settled();
  await environments.updateEnvironment({ environmentId: id, metadata: { name: "other" } });
  const renamed = await path(() => phaseOf(id));
  await environments.updateEnvironment({ environmentId: id, spec: { content: { gitEmail: "a@b.c" } } });

  const changed = await path(() => phaseOf(id));

  expect(renamed).toEqual(["RUNNING"]);
  expect(changed).toEqual(["RUNNING", "UPDATING", "RUNNING"]);
});

test("a new key is applied once it is ready, and a key without value is removed", async () => {
  const { emulator, environments, environment, settled } = open();
  const id = await settled();
  const keys = [
    { id: "laptop", value: "ssh-ed25519 A" },
    { id: "desktop", value: "ssh-ed25519 B" },
  ];
  await environments.updateEnvironment({ environmentId: id, spec: { sshPublicKeys: keys } });
  emulator.settle();
  const added = await environment(id);

  await environments.updateEnvironment({ environmentId: id, spec: { sshPublicKeys: [{ id: "laptop" }] } });
  emulator.settle();
  const removed = await environment(id);

  expect(added.status?.sshPublicKeys.map((key) => [key.id, key.phase])).toEqual([
    ["laptop", ContentPhase.READY],
    ["desktop", ContentPhase.READY],
  ]);
  expect(removed.spec?.sshPublicKeys.map((key) => key.id)).toEqual(["desktop"]);
});

test("ports are merged by number, closed without admission, and renewed when their admission changes", async () => {
  const { environments, environment, settled } = open();
  const id = await settled();
  const update = (port: number, admission: AdmissionLevel) =>
    environments.updateEnvironment({ environmentId: id, spec: { ports: [{ port, name: "web", admission }] } });
  await update(3000, AdmissionLevel.ORGANIZATION);
  await update(4000, AdmissionLevel.ORGANIZATION);
  await update(3000, AdmissionLevel.EVERYONE);
  await update(4000, AdmissionLevel.UNSPECIFIED);

  const { spec } = await environment(id);

  expect(spec?.ports.map(({ port, admission, authNonce }) => [port, admission, authNonce])).toEqual([
    [50432, AdmissionLevel.CREATOR_ONLY, 0n],
    [61000, AdmissionLevel.CREATOR_ONLY, 0n],
    [3000, AdmissionLevel.EVERYONE, 1n],
  ]);
});

test("the runner confirms the latest settings, and versions only grow", async () => {
  const { emulator, environments, environment, settled } = open();
  const id = await settled();
  const before = await environment(id);

  await environments.updateEnvironment({ environmentId: id, spec: { timeout: { disconnected: { seconds: 3600n } } } });
  emulator.settle();
  const { spec, status } = await environment(id);

  expect(spec?.timeout?.disconnected?.seconds).toBe(3600n);
  expect(spec?.specVersion).toBeGreaterThan(before.spec?.specVersion ?? 0n);
  expect(status?.statusVersion).toBeGreaterThan(before.status?.statusVersion ?? 0n);
  expect([status?.runnerAck?.specVersion, status?.runnerAck?.statusCode]).toEqual([spec?.specVersion, AckCode.OK]);
});

test("a name may be longer when it is changed than when it is given", async () => {
  const { environments, settled } = open();
  const id = await settled();
  const rename = (name: string) => environments.updateEnvironment({ environmentId: id, metadata: { name } });

  expect(await refusal(environments.createEnvironment({ name: "x".repeat(81), spec: small }))).toEqual([
    "InvalidArgument",
    "name: must be at most 80 characters",
  ]);
  expect(await refusal(rename("x".repeat(129)))).toEqual([
    "InvalidArgument",
    "metadata.name: must be at most 128 characters",
  ]);
  await expect(rename("x".repeat(128))).resolves.toBeDefined();
});

test("a lockdown time lies in the future, and the epoch clears it", async () => {
  const { environments, environment, settled } = open({ now: () => 1_000_000 });
  const id = await settled();
  const lock = (time: number) =>
    environments.updateEnvironment({ environmentId: id, metadata: { lockdownAt: timestampFromMs(time) } });
  await lock(2_000_000);
  const locked = await environment(id);
  const past = await refusal(lock(500_000));
  await lock(0);
  const cleared = await environment(id);

  expect(locked.metadata?.lockdownAt).toEqual(timestampFromMs(2_000_000));
  expect(past).toEqual(["InvalidArgument", "metadata.lockdown_at: the time must lie in the future"]);
  expect(cleared.metadata?.lockdownAt).toBeUndefined();
});

test("an environment was last started when its creation or its start was called, not when it runs", async () => {
  let now = 1_000_000;
  const { emulator, environments, environment } = open({ now: () => now });
  const { environment: created } = await environments.createEnvironment({ spec: small });
  const environmentId = created?.id ?? "";
  const startedAt = async () => (await environment(environmentId)).metadata?.lastStartedAt;
  const atCreate = await startedAt();
  now = 2_000_000;
  emulator.settle();
  await environments.startEnvironment({ environmentId });
  const running = await startedAt();
  await environments.stopEnvironment({ environmentId });
  emulator.settle();
  const stopped = await startedAt();
  now = 3_000_000;
  await environments.startEnvironment({ environmentId });
  const restarted = await startedAt();
  now = 4_000_000;
  emulator.settle();

  const first = timestampFromMs(1_000_000);
  expect([created?.metadata?.lastStartedAt, atCreate, running, stopped]).toEqual([first, first, first, first]);
  expect([restarted, await startedAt()]).toEqual([timestampFromMs(3_000_000), timestampFromMs(3_000_000)]);
});

test("an environment shows the secrets of its creator, project and organization, the narrowest of each name", async () => {
  let now = 1_000_000;
  const { emulator, environments, environment, secrets, addProject } = open({ now: () => now });
  const projectId = await addProject();
  const secret = async (name: string, scope: SecretScope["scope"], mount: Secret["mount"]) => {
    const made = await secrets.createSecret({ name, scope: { scope }, mount, value: "hidden" });
    return made.secret?.id ?? "";
  };
  const variable = { case: "environmentVariable", value: true } as const;
  const organization = { case: "organizationId", value: ids.organization } as const;
  const project = { case: "projectId", value: projectId } as const;
  await secret("TOKEN", organization, variable);
  const token = await secret("TOKEN", project, variable);
  const key = await secret("KEY", { case: "userId", value: ids.owner }, { case: "filePath", value: "/etc/key" });
  const shared = await secret("SHARED", organization, { case: "apiOnly", value: true });
  await secret("OTHER", { case: "projectId", value: await addProject() }, variable);
  const { environment: created } = await environments.createEnvironmentFromProject({
    projectId,
    spec: {
      ...small,
      secrets: [{ name: "OWN", source: "runner", mount: { case: "gitCredentialHost", value: "example.com" } }],
    },
  });
  const environmentId = created?.id ?? "";
  const shown = async () => {
    const { spec, status } = await environment(environmentId);
    return {
      spec: spec?.secrets.map(({ id, name, scope, mount }) => [id, name, Scope[scope], mount.case, mount.value]),
      status: status?.secrets.map((one) => [one.id, one.secretName, ContentPhase[one.phase]]),
      sessions: spec?.secrets.map(({ session }) => session),
    };
  };
  emulator.settle();
  const running = await shown();
  now = 2_000_000;
  await secrets.updateSecretValue({ secretId: token, value: "other" });
  await secrets.deleteSecret({ secretId: shared });
  const untouched = await shown();
  await environments.stopEnvironment({ environmentId });
  emulator.settle();
  await environments.startEnvironment({ environmentId });
  emulator.settle();
  const restarted = await shown();

  const all = [
    ["", "OWN", "UNSPECIFIED", "gitCredentialHost", "example.com"],
    [key, "KEY", "USER", "filePath", "/etc/key"],
    [token, "TOKEN", "PROJECT", "environmentVariable", "TOKEN"],
    [shared, "SHARED", "ORGANIZATION", "apiOnly", true],
  ];
  expect(created?.spec?.secrets.map(({ name }) => name)).toEqual(["OWN", "KEY", "TOKEN", "SHARED"]);
  expect(running.spec).toEqual(all);
  expect(running.status).toEqual(all.map(([id, name]) => [id, name, "READY"]));
  expect(untouched).toEqual(running);
  expect(restarted.spec).toEqual(all.slice(0, 3));
  expect(restarted.status).toEqual(running.status?.slice(0, 3));
  expect(restarted.sessions?.map((session, index) => session !== running.sessions?.[index])).toEqual([
    false,
    false,
    true,
  ]);
});

test("a report of activity is seen by reads and lists, with the time of the report where it names none", async () => {
  const now = 1_000_000;
  const { environments, environment, settled } = open({ now: () => now });
  const [reported, quiet] = [await settled(), await settled()];
  const mark = (activitySignal: { source: string; timestamp?: ReturnType<typeof timestampFromMs> }) =>
    environments.markEnvironmentActive({ environmentId: reported, activitySignal });
  const earlier = timestampFromMs(500_000);
  await mark({ source: "VS Code", timestamp: earlier });
  const first = await environment(reported);
  await mark({ source: "a build" });
  const listed = await environments.listEnvironments({});

  expect(first.status?.activitySignal).toMatchObject({ source: "VS Code", timestamp: earlier });
  expect(
    listed.environments.map(({ id, status }) => [
      id,
      status?.activitySignal?.source,
      status?.activitySignal?.timestamp,
    ]),
  ).toEqual([
    [quiet, undefined, undefined],
    [reported, "a build", timestampFromMs(now)],
  ]);
  expect(await refusal(mark({ source: "x" }))).toEqual([
    "InvalidArgument",
    "activity_signal.source: must be at least 3 characters",
  ]);
});

test("an archived environment is listed only when it is asked for, and starts only when it is brought back", async () => {
  const { emulator, environments, settled } = open();
  const id = await settled();
  await environments.stopEnvironment({ environmentId: id });
  emulator.settle();
  await environments.archiveEnvironment({ environmentId: id });
  const list = async (archivalStatus?: ArchivalStatus) => {
    const filter = archivalStatus === undefined ? {} : { archivalStatus };
    return (await environments.listEnvironments({ filter })).environments.length;
  };
  const counts = [await list(), await list(ArchivalStatus.ARCHIVED), await list(ArchivalStatus.ALL)];
  const refused = await refusal(environments.startEnvironment({ environmentId: id }));

  await environments.unarchiveEnvironment({ environmentId: id });
  await environments.startEnvironment({ environmentId: id });

  expect(counts).toEqual([0, 1, 1]);
  expect(refused).toEqual(["FailedPrecondition", `environment ${id} is archived`]);
  expect(await list()).toBe(1);
});

test("an environment from a project takes its settings, and those of the request win", async () => {
  const { environments, projects } = open();
  const { project } = await projects.createProject({
    name: "Shop",
    initializer: repository,
    devcontainerFilePath: "dev.json",
    automationsFilePath: "automations.yaml",
  });
  const projectId = project?.id ?? "";
  await projects.updateProjectEnvironmentClasses({
    projectId,
    projectEnvironmentClasses: [
      { environmentClass: { case: "environmentClassId", value: ids.smallClass }, order: 2 },
      { environmentClass: { case: "environmentClassId", value: ids.largeClass }, order: 1 },
    ],
  });
  const plain = await environments.createEnvironmentFromProject({ projectId });
  const spec = { ...small, devcontainer: { devcontainerFilePath: "own.json" } };
  const own = await environments.createEnvironmentFromProject({ projectId, spec });

  const settings = [plain, own].map(({ environment }) => [
    environment?.metadata?.projectId,
    environment?.metadata?.originalContextUrl,
    environment?.spec?.machine?.class,
    environment?.spec?.devcontainer?.devcontainerFilePath,
    environment?.spec?.automationsFile?.automationsFilePath,
  ]);

  const url = "https://github.com/acme/shop";
  expect(settings).toEqual([
    [projectId, url, ids.largeClass, "dev.json", "automations.yaml"],
    [projectId, url, ids.smallClass, "own.json", "automations.yaml"],
  ]);
});

test("a class that the project does not have is refused with those that it has", async () => {
  const { environments, projects, addProject } = open();
  const projectId = await addProject();
  await projects.updateProjectEnvironmentClasses({
    projectId,
    projectEnvironmentClasses: [{ environmentClass: { case: "environmentClassId", value: ids.largeClass } }],
  });

  const error = await environments.createEnvironmentFromProject({ projectId, spec: small }).catch(ConnectError.from);

  const [detail] = (error as ConnectError).findDetails(
    CreateEnvironmentFromProjectBadRequestEnvironmentClassDetailsSchema,
  );
  expect(detail?.environmentClassIds).toEqual([ids.largeClass]);
});

test.each([
  ["no class", {}, "spec.machine.class: an environment class is required"],
  ["an unknown class", { class: ids.owner }, `spec.machine.class: environment class ${ids.owner} does not exist`],
  [
    "a disabled class",
    { class: ids.disabledClass },
    `spec.machine.class: environment class ${ids.disabledClass} is disabled`,
  ],
])("an environment with %s is refused", async (_, machine, message) => {
  const { environments } = open();

  expect(await refusal(environments.createEnvironment({ spec: { machine } }))).toEqual(["InvalidArgument", message]);
});

test("a class of another organization does not exist", async () => {
  const { as, emulator } = open();
  const stranger = as(emulator.tokens.stranger).environments;

  expect(await refusal(stranger.createEnvironment({ spec: small }))).toEqual([
    "InvalidArgument",
    `spec.machine.class: environment class ${ids.smallClass} does not exist`,
  ]);
});

test("an environment without a name gets one, and its annotations come back", async () => {
  const { environments } = open();

  const { environment } = await environments.createEnvironment({ spec: small, annotations: { owner: "us" } });

  expect(environment?.metadata?.name).toMatch(/^[a-z]+-[a-z]+-[0-9a-f]{4}$/);
  expect(environment?.metadata?.annotations).toEqual({ owner: "us" });
});

test("ids sort by the order of creation", async () => {
  const { environments } = open({ now: () => 1_000_000 });
  const created: string[] = [];
  for (let index = 0; index < 50; index += 1) {
    const { environment } = await environments.createEnvironment({ spec: small });
    created.push(environment?.id ?? "");
  }

  expect([...created].sort()).toEqual(created);
});
