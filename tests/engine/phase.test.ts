import { ids } from "../../emulator";
import { adapters } from "../../tools/engine/program";
import { callsOf, complaintsOf, javascript, openScene, outcomeOf, type Scene, stateOf } from "./scene";

const program = (environment: string, service: string, start = "npm start") =>
  javascript(`
const machine = { class: "${ids.smallClass}" };
new gitpod.Environment("environment", { spec: { desiredPhase: gitpod.EnvironmentPhase.${environment}, machine } });
const home = new gitpod.Environment("home", { spec: { machine } });
new gitpod.Service("service", {
  environmentId: home.id,
  metadata: { reference: "web", name: "Web" },
  spec: { desiredPhase: gitpod.ServicePhase.${service}, commands: { start: "${start}" } },
});`);

test.each(adapters)(
  "on the %s adapter a stated phase of environments and services is reached both ways, and drift from it is repaired",
  async (adapter) => {
    const scene = await openScene({ adapter, program: program("RUNNING", "RUNNING") });
    const { engine, emulator } = scene;

    const created = [outcomeOf(await engine.up()), phasesOf(scene)];
    engine.write(program("STOPPED", "STOPPED"));
    const stopped = [outcomeOf(await engine.up()), phasesOf(scene)];
    engine.write(program("RUNNING", "RUNNING"));
    const started = [outcomeOf(await engine.up()), phasesOf(scene)];
    emulator.admin.stopEnvironment(environmentOf(scene));
    const repaired = [outcomeOf(await engine.up("--refresh")), phasesOf(scene)];

    const operations = (environment: string, service: string, home = "same") => ({
      code: 0,
      operations: { environment, service, home },
      complaints: [],
    });
    const running = { environment: "ENVIRONMENT_PHASE_RUNNING", service: "SERVICE_PHASE_RUNNING" };
    const resting = { environment: "ENVIRONMENT_PHASE_STOPPED", service: "SERVICE_PHASE_STOPPED" };
    expect(created).toEqual([operations("create", "create", "create"), running]);
    expect(stopped).toEqual([operations("update", "update"), resting]);
    expect(started).toEqual([operations("update", "update"), running]);
    expect(repaired).toEqual([operations("update", "same"), running]);
  },
);

test.each(adapters)(
  "on the %s adapter a running service that changes its commands is stopped, changed and running again",
  async (adapter) => {
    const scene = await openScene({ adapter, program: program("STOPPED", "RUNNING") });
    const { engine } = scene;
    await engine.up();
    callsOf(scene);
    const heard: string[] = [];
    scene.emulator.admin.onCall((method, moment) => {
      if (moment === "before" && /\/(Stop|Update|Start)Service$/.test(method)) heard.push(method.split("/")[1] ?? "");
    });

    engine.write(program("STOPPED", "RUNNING", "npm run other"));
    const up = await engine.up();

    expect(up.operations).toEqual({ environment: "same", home: "same", service: "update" });
    expect(heard).toEqual(["StopService", "UpdateService", "StartService"]);
    expect(scene.emulator.admin.objects("services")).toMatchObject([
      { spec: { commands: { start: "npm run other" } }, status: { phase: "SERVICE_PHASE_RUNNING" } },
    ]);
  },
);

test.each(adapters)(
  "on the %s adapter a service that is stopped with its environment is not stopped again",
  async (adapter) => {
    const resting = (phase: string) =>
      javascript(`
const dev = new gitpod.Environment("dev", { spec: { desiredPhase: "${phase}", machine: { class: "${ids.smallClass}" } } });
new gitpod.Service("web", {
  environmentId: dev.id,
  metadata: { reference: "web", name: "Web" },
  spec: { desiredPhase: "${phase}", commands: { start: "npm start" } },
});`);
    const scene = await openScene({ adapter, program: resting("RUNNING") });
    const { engine, emulator } = scene;
    await engine.up();
    callsOf(scene);

    engine.write(resting("STOPPED"));
    const stopped = outcomeOf(await engine.up());
    const calls = callsOf(scene);

    expect(stopped).toEqual({ code: 0, operations: { dev: "update", web: "update" }, complaints: [] });
    expect(emulator.admin.objects("services")).toMatchObject([{ status: { phase: "SERVICE_PHASE_STOPPED" } }]);
    expect(calls).toMatchObject({ "EnvironmentService/StopEnvironment": 1 });
    expect(calls).not.toHaveProperty("EnvironmentAutomationService/StopService");
    expect(calls["EnvironmentAutomationService/GetService"]).toBe(1);
  },
);

test.each(adapters)(
  "on the %s adapter an update that ran out of time names the time that was set, and the next up only waits",
  async (adapter) => {
    const start = (ready: string) =>
      javascript(`
const dev = new gitpod.Environment("dev", { spec: { machine: { class: "${ids.smallClass}" } } });
new gitpod.Service("web", {
  environmentId: dev.id,
  metadata: { reference: "web", name: "Web" },
  spec: { desiredPhase: "RUNNING", commands: { start: "npm start"${ready} } },
}, { customTimeouts: { update: "5s" } });`);
    const scene = await openScene({ adapter, program: start("") });
    const { engine, emulator } = scene;
    await engine.up();

    engine.write(start(', ready: "false"'));
    const late = await engine.up();
    const [{ id }] = emulator.admin.objects("services") as [{ id: string }];
    emulator.admin.patch("services", id, { status: { phase: "SERVICE_PHASE_RUNNING" } });
    callsOf(scene);
    const next = await engine.up();
    const calls = callsOf(scene);
    const after = await engine.preview("--expect-no-changes");

    expect(complaintsOf(late).join("\n")).toMatch(
      /Service \S+ did not reach RUNNING within 5 s, it is STARTING\n(.*\n)*.*the next pulumi up goes on waiting/,
    );
    expect([next.code, complaintsOf(next), after.code]).toEqual([0, [], 0]);
    expect(Object.keys(calls).filter((method) => /\/(Stop|Update|Start)Service$/.test(method))).toEqual([]);
    expect((await stateOf(scene)).web).toMatchObject({
      inputs: { spec: { commands: { ready: "false" } } },
      initErrors: [],
    });
  },
);

/** The environment whose phase is stated. */
function environmentOf({ emulator }: Scene): string {
  const [service] = emulator.admin.objects("services") as { environmentId: string }[];
  const environments = emulator.admin.objects("environments") as { id: string }[];
  return environments.find(({ id }) => id !== service?.environmentId)?.id ?? "";
}

function phasesOf(scene: Scene): Record<string, unknown> {
  const { emulator } = scene;
  const of = (table: "environments" | "services") =>
    emulator.admin.objects(table) as { id: string; status: { phase: string } }[];
  return {
    environment: of("environments").find(({ id }) => id === environmentOf(scene))?.status.phase,
    service: of("services")[0]?.status.phase,
  };
}
