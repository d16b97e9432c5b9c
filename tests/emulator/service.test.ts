import { ServicePhase, ServiceRole } from "../../proto/gen/gitpod/v1/environment_automation_pb";
import { open, refusal } from "./open";

test.each([
  ["sleep infinity", {}, ["STOPPED", "STARTING", "RUNNING"]],
  ["npm start", { ready: "curl localhost" }, ["STOPPED", "STARTING", "RUNNING"]],
  ["true", {}, ["STOPPED", "STARTING", "STOPPED"]],
  ["exit 3", {}, ["STOPPED", "STARTING", "FAILED"]],
  ["sleep 2; exit 1", {}, ["STOPPED", "STARTING", "RUNNING", "FAILED"]],
  ["npm start", { ready: "exit 1" }, ["STOPPED", "STARTING"]],
])("a service with the command %s and %j ends as its commands say", async (start, more, phases) => {
  const { automations, settled, addService, servicePhaseOf, path } = open();
  const id = await addService(await settled(), start, more);
  await automations.startService({ id });

  expect(await path(() => servicePhaseOf(id))).toEqual(phases);
});

test("a readiness command lets a service start for longer", async () => {
  const { emulator, automations, settled, addService, servicePhaseOf } = open();
  const environmentId = await settled();
  const plain = await addService(environmentId, "sleep infinity");
  const probed = await addService(environmentId, "sleep infinity", { ready: "true" });
  await automations.startService({ id: plain });
  await automations.startService({ id: probed });
  emulator.step();
  emulator.step();

  expect([await servicePhaseOf(plain), await servicePhaseOf(probed)]).toEqual(["RUNNING", "STARTING"]);
});

test("a service that is not ready in time fails", async () => {
  let time = 0;
  const { emulator, automations, settled, service } = open({ now: () => time });
  const { service: created } = await automations.createService({
    environmentId: await settled(),
    metadata: { reference: "web", name: "Web" },
    spec: { commands: { start: "sleep infinity", ready: "false" }, readinessTimeout: { seconds: 60n } },
  });
  const id = created?.id ?? "";
  await automations.startService({ id });
  emulator.settle();
  const before = await service(id);
  time += 60_000;
  emulator.settle();

  const { status } = await service(id);

  expect(before.status?.phase).toBe(ServicePhase.STARTING);
  expect([status?.phase, status?.failureMessage]).toEqual([
    ServicePhase.FAILED,
    "the service was not ready within 60 seconds",
  ]);
});

test("a stop command that fails lets the service fail", async () => {
  const { emulator, automations, settled, addService, service } = open();
  const id = await addService(await settled(), "sleep infinity", { stop: "exit 4" });
  await automations.startService({ id });
  emulator.settle();
  await automations.stopService({ id });
  emulator.settle();

  const { status } = await service(id);

  expect([status?.phase, status?.failureMessage]).toEqual([ServicePhase.FAILED, "the stop command exited with code 4"]);
});

test("starting what runs and stopping what rests is no error and changes nothing", async () => {
  const { emulator, automations, settled, addService, service } = open();
  const id = await addService(await settled(), "sleep infinity");
  const fresh = await service(id);
  await automations.stopService({ id });
  const stillFresh = await service(id);
  await automations.startService({ id });
  emulator.settle();
  const running = await service(id);
  await automations.startService({ id });

  const stillRunning = await service(id);

  expect(stillFresh).toEqual(fresh);
  expect(stillRunning).toEqual(running);
});

test("the settings of a service change only while it rests", async () => {
  const { emulator, automations, settled, addService, service } = open();
  const id = await addService(await settled(), "sleep infinity");
  const update = () => automations.updateService({ id, spec: { commands: { start: "npm start" } } });
  await automations.startService({ id });
  emulator.settle();

  const refused = await refusal(update());
  await automations.updateService({ id, metadata: { name: "Other" } });
  await automations.stopService({ id });
  emulator.settle();
  await update();
  const { metadata, spec } = await service(id);

  expect(refused).toEqual([
    "FailedPrecondition",
    `service ${id} is not stopped: its spec changes only while it is stopped`,
  ]);
  expect([metadata?.name, spec?.commands?.start]).toEqual(["Other", "npm start"]);
});

test("what an update leaves out stays, an explicit empty clears, and an empty plain list stays", async () => {
  const { automations, settled, service } = open();
  const { service: created } = await automations.createService({
    environmentId: await settled(),
    metadata: {
      reference: "web",
      name: "Web",
      description: "The shop",
      role: ServiceRole.EDITOR,
      triggeredBy: [{ trigger: { case: "manual", value: true } }],
    },
    spec: {
      commands: { start: "npm start", ready: "curl localhost", stop: "npm stop" },
      env: [{ name: "PORT", source: { case: "value", value: "3000" } }],
    },
  });
  const id = created?.id ?? "";

  await automations.updateService({
    id,
    metadata: { description: "", triggeredBy: {} },
    spec: { commands: { ready: "" }, env: [] },
  });
  const { metadata, spec } = await service(id);

  expect([metadata?.name, metadata?.description, metadata?.role, metadata?.triggeredBy]).toEqual([
    "Web",
    "",
    ServiceRole.EDITOR,
    [],
  ]);
  expect([spec?.commands?.start, spec?.commands?.ready, spec?.commands?.stop, spec?.env.length]).toEqual([
    "npm start",
    "",
    "npm stop",
    1,
  ]);
});

test("a deleted service stops first, stays visible for a little, and is listed no more", async () => {
  const { emulator, automations, settled, addService, servicePhaseOf, path } = open();
  const id = await addService(await settled(), "sleep infinity");
  await automations.startService({ id });
  emulator.settle();
  await automations.deleteService({ id });
  const listed: number[] = [];

  const seen = await path(async () => {
    listed.push((await automations.listServices({})).services.length);
    return servicePhaseOf(id);
  });

  expect(seen).toEqual(["RUNNING", "STOPPING", "STOPPED", "DELETED", "NotFound"]);
  expect([listed.at(0), listed.at(-1)]).toEqual([1, 0]);
});

test("a forced delete of a service leaves nothing at once", async () => {
  const { emulator, automations, settled, addService, servicePhaseOf } = open();
  const id = await addService(await settled(), "sleep infinity");
  await automations.startService({ id });
  emulator.settle();
  await automations.deleteService({ id, force: true });

  expect((await refusal(servicePhaseOf(id)))[0]).toBe("NotFound");
});

test("a start that has not begun is forgotten when the environment stops", async () => {
  const { emulator, automations, environments, settled, addService, servicePhaseOf } = open();
  const environmentId = await settled();
  const id = await addService(environmentId, "sleep infinity");
  await automations.startService({ id });
  await environments.stopEnvironment({ environmentId });
  emulator.settle();
  await environments.startEnvironment({ environmentId });
  emulator.settle();

  expect(await servicePhaseOf(id)).toBe("STOPPED");
});

test("a reference is taken once per environment, until its service is deleted", async () => {
  const { emulator, automations, settled } = open();
  const environmentId = await settled();
  const add = () => automations.createService({ environmentId, metadata: { reference: "web", name: "Web" }, spec: {} });
  const { service } = await add();

  const refused = await refusal(add());
  await automations.deleteService({ id: service?.id ?? "" });
  emulator.step();

  expect(refused).toEqual([
    "AlreadyExists",
    `a service with the reference web exists already in environment ${environmentId}`,
  ]);
  await expect(add()).resolves.toBeDefined();
});

test("services rest while their environment does, and only triggers start them again", async () => {
  const { emulator, automations, environments, settled, addService, servicePhaseOf } = open();
  const environmentId = await settled();
  const { service } = await automations.createService({
    environmentId,
    metadata: {
      reference: "always",
      name: "Always",
      triggeredBy: [{ trigger: { case: "postEnvironmentStart", value: true } }],
    },
    spec: { commands: { start: "sleep infinity" } },
  });
  const triggered = service?.id ?? "";
  const manual = await addService(environmentId, "sleep infinity");
  const phases = async () => [await servicePhaseOf(triggered), await servicePhaseOf(manual)];
  await automations.startService({ id: triggered });
  await automations.startService({ id: manual });
  emulator.settle();
  const running = await phases();
  await environments.stopEnvironment({ environmentId });
  emulator.settle();
  const stopped = await phases();
  const refused = await refusal(automations.startService({ id: manual }));
  await environments.startEnvironment({ environmentId });
  emulator.settle();

  expect([running, stopped, await phases()]).toEqual([
    ["RUNNING", "RUNNING"],
    ["STOPPED", "STOPPED"],
    ["RUNNING", "STOPPED"],
  ]);
  expect(refused).toEqual(["FailedPrecondition", `environment ${environmentId} is not running`]);
});

test("a service that is asked for as RUNNING starts by itself", async () => {
  const { emulator, automations, settled, servicePhaseOf } = open();
  const { service } = await automations.createService({
    environmentId: await settled(),
    metadata: { reference: "web", name: "Web" },
    spec: { desiredPhase: ServicePhase.RUNNING, commands: { start: "sleep infinity" } },
  });

  emulator.settle();

  expect(await servicePhaseOf(service?.id ?? "")).toBe("RUNNING");
});

test("an automations file creates and updates by reference and removes nothing", async () => {
  const { automations, settled } = open();
  const environmentId = await settled();
  const upsert = (name: string, tasks: Record<string, object>) =>
    automations.upsertAutomationsFile({
      environmentId,
      automationsFile: { services: { web: { name, commands: { start: "npm start" } } }, tasks },
    });
  const first = await upsert("Web", {
    build: { name: "Build", command: "npm run build", dependsOn: ["web"] },
  });

  const second = await upsert("Website", {});
  const { services } = await automations.listServices({ filter: { environmentIds: [environmentId] } });
  const { tasks } = await automations.listTasks({ filter: { references: ["build"] } });

  expect(second).toMatchObject({ updatedServiceIds: first.updatedServiceIds, updatedTaskIds: [] });
  expect(services.map(({ metadata }) => metadata?.name)).toEqual(["Website"]);
  expect(tasks.map(({ id, dependsOn }) => [id, dependsOn])).toEqual([
    [first.updatedTaskIds[0], first.updatedServiceIds],
  ]);
});
