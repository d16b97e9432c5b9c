import { ids } from "../../emulator";
import { adapters } from "../../tools/engine/program";
import { callsOf, javascript, openScene, outcomeOf, type Scene } from "./scene";

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
