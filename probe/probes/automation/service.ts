import {
  EnvironmentAutomationService,
  ServicePhase as Phase,
  type Service,
} from "../../../proto/gen/gitpod/v1/environment_automation_pb";
import { service } from "../../../provider/resources/service";
import type { JsonObject } from "../../../provider/value/json";
import type { Probe } from "../../assumption";
import type { Bench } from "../../bench";
import { answered, compared } from "../../finding";
import { runningEnvironment } from "../environment/bring-up";

const { getService, stopService, startService, updateService, upsertAutomationsFile } =
  EnvironmentAutomationService.method;
const made = { makes: ["an environment", "a service in it"], needs: ["environments"] } as const;

export const createdRunning: Probe = {
  ...made,
  calls: ["EnvironmentAutomationService/CreateService", "EnvironmentAutomationService/GetService"],
  async run(bench) {
    const id = await serviceWith(bench, { commands: forever, desiredPhase: "SERVICE_PHASE_RUNNING" });
    return compared("RUNNING", await comeTo(bench, id, Phase.RUNNING));
  },
};

export const specAtRest: Probe = {
  ...made,
  calls: ["EnvironmentAutomationService/UpdateService"],
  async run(bench) {
    const id = await serviceWith(bench, { commands: forever });
    await bench.call(startService, { id });
    if ((await comeTo(bench, id, Phase.RUNNING)) !== "RUNNING") throw new Error("a service did not start");
    const request = { id, spec: { commands: { start: "sleep 1000000" } } };
    return answered("FailedPrecondition", (awaited) => bench.answer(updateService, request, awaited));
  },
};

export const stopFailed: Probe = {
  ...made,
  calls: ["EnvironmentAutomationService/StopService", "EnvironmentAutomationService/GetService"],
  async run(bench) {
    const id = await serviceWith(bench, { commands: { start: "exit 1" } });
    await bench.call(startService, { id });
    if ((await comeTo(bench, id, Phase.FAILED)) !== "FAILED") throw new Error("a service did not fail");
    await bench.call(stopService, { id });
    return compared("STOPPED", await comeTo(bench, id, Phase.STOPPED));
  },
};

export const referenceTaken: Probe = {
  ...made,
  calls: ["EnvironmentAutomationService/CreateService"],
  async run(bench) {
    const environmentId = await runningEnvironment(bench);
    const request = { environmentId, metadata, spec: { commands: forever } };
    await bench.make(service, request);
    return answered("AlreadyExists", (awaited) => bench.tryToMake(service, request, awaited));
  },
};

export const emptyList: Probe = {
  ...made,
  calls: ["EnvironmentAutomationService/UpdateService", "EnvironmentAutomationService/GetService"],
  async run(bench) {
    const id = await serviceWith(bench, { commands: forever, env: [{ name: "PROBE", value: "kept" }] });
    await bench.call(updateService, { id, spec: { commands: { start: "sleep 1000000" } } });
    const { spec } = await read(bench, id);
    return compared(["PROBE"], spec?.env.map(({ name }) => name) ?? []);
  },
};

const metadata = { reference: "probe", name: "Probe" };
const forever = { start: "sleep infinity" };

async function serviceWith(bench: Bench, spec: JsonObject): Promise<string> {
  const environmentId = await runningEnvironment(bench);
  return (await bench.make(service, { environmentId, metadata, spec })).id;
}

async function read(bench: Bench, id: string): Promise<Service> {
  const { service: found } = await bench.call(getService, { id });
  if (!found) throw new Error("the answer holds no service");
  return found;
}

async function comeTo(bench: Bench, id: string, phase: Phase): Promise<string> {
  const { status } = await bench.until(
    () => read(bench, id),
    (found) => found.status?.phase === phase,
    60_000,
  );
  return Phase[status?.phase ?? Phase.UNSPECIFIED];
}

export const fileLeavesRunning: Probe = {
  ...made,
  calls: ["EnvironmentAutomationService/UpsertAutomationsFile", "EnvironmentAutomationService/GetService"],
  async run(bench) {
    const environmentId = await runningEnvironment(bench);
    const upsert = (start: string) =>
      bench.call(upsertAutomationsFile, {
        environmentId,
        automationsFile: { services: { probe: { name: "Probe", commands: { start } } } },
      });
    const { updatedServiceIds } = await upsert("sleep infinity");
    const [id = ""] = updatedServiceIds;
    await bench.call(startService, { id });
    if ((await comeTo(bench, id, Phase.RUNNING)) !== "RUNNING") throw new Error("a service did not start");
    await upsert("sleep 1000000");
    const { spec, status } = await read(bench, id);
    return compared(["RUNNING", "sleep 1000000"], [Phase[status?.phase ?? 0], spec?.commands?.start]);
  },
};

export const notReady: Probe = {
  ...made,
  calls: ["EnvironmentAutomationService/StartService", "EnvironmentAutomationService/GetService"],
  async run(bench) {
    const commands = { ...forever, ready: "false" };
    const id = await serviceWith(bench, { commands, readinessTimeout: "5s" });
    await bench.call(startService, { id });
    return compared("FAILED", await comeTo(bench, id, Phase.FAILED));
  },
};
