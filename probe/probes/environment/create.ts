import { randomUUID } from "node:crypto";
import { EnvironmentService, EnvironmentPhase as Phase } from "../../../proto/gen/gitpod/v1/environment_pb";
import { environment } from "../../../provider/resources/environment";
import type { Probe } from "../../assumption";
import { answered, compared, confirmed, refuted } from "../../finding";
import { askForEnvironment, machineTime, readEnvironment, runningEnvironment } from "./bring-up";

const { markEnvironmentActive } = EnvironmentService.method;
const made = { makes: ["an environment"], needs: ["environments"] } as const;

/** How many milliseconds a runner has to report activity by itself. */
const patience = 300_000;

export const annotationsKept: Probe = {
  ...made,
  calls: ["EnvironmentService/CreateEnvironment", "EnvironmentService/GetEnvironment"],
  async run(bench) {
    const id = await askForEnvironment(bench, { annotations: { "pulumi-gitpod/probe": "kept" } });
    const { metadata } = await readEnvironment(bench, id);
    return compared("kept", metadata?.annotations["pulumi-gitpod/probe"] ?? "no annotation");
  },
};

export const unopenedInactive: Probe = {
  ...made,
  calls: ["EnvironmentService/CreateEnvironment", "EnvironmentService/GetEnvironment"],
  async run(bench) {
    const id = await runningEnvironment(bench);
    const { status } = await bench.until(
      () => readEnvironment(bench, id),
      (environment) => environment.status?.activitySignal !== undefined,
      patience,
    );
    return status?.activitySignal === undefined ? confirmed : refuted("an activity that nobody has caused");
  },
};

export const markActiveShown: Probe = {
  ...made,
  calls: ["EnvironmentService/MarkEnvironmentActive", "EnvironmentService/GetEnvironment"],
  async run(bench) {
    const [id, source] = [await runningEnvironment(bench), "pulumi-gitpod"];
    await bench.call(markEnvironmentActive, { environmentId: id, activitySignal: { source } });
    const { status } = await bench.until(
      () => readEnvironment(bench, id),
      (environment) => environment.status?.activitySignal?.source === source,
    );
    return compared(source, status?.activitySignal?.source === source ? source : "no activity of this source");
  },
};

export const createdStopped: Probe = {
  ...made,
  calls: ["EnvironmentService/CreateEnvironment", "EnvironmentService/GetEnvironment"],
  async run(bench) {
    const id = await askForEnvironment(bench, { spec: { desiredPhase: "ENVIRONMENT_PHASE_STOPPED" } });
    let hasRun = false;
    const { spec, status } = await bench.until(
      () => readEnvironment(bench, id),
      (environment) => {
        hasRun ||= environment.status?.phase === Phase.STARTING || environment.status?.phase === Phase.RUNNING;
        const isKept = environment.spec?.desiredPhase === Phase.STOPPED;
        return environment.status?.phase === (isKept ? Phase.STOPPED : Phase.RUNNING);
      },
      machineTime,
    );
    const seen = [Phase[spec?.desiredPhase ?? 0], hasRun, Phase[status?.phase ?? 0]];
    return compared(["STOPPED", true, "STOPPED"], seen);
  },
};

export const timeoutDefault: Probe = {
  ...made,
  calls: ["EnvironmentService/CreateEnvironment", "EnvironmentService/GetEnvironment"],
  async run(bench) {
    const { spec } = await readEnvironment(bench, await askForEnvironment(bench));
    return compared(1800, Number(spec?.timeout?.disconnected?.seconds ?? -1));
  },
};

export const classUnusable: Probe = {
  ...made,
  calls: ["EnvironmentService/CreateEnvironment"],
  run: (bench) =>
    answered("InvalidArgument", (awaited) =>
      bench.tryToMake(environment, { spec: { machine: { class: randomUUID() } } }, awaited),
    ),
};
