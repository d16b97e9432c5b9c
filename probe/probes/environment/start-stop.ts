import { EnvironmentService, EnvironmentPhase as Phase } from "../../../proto/gen/gitpod/v1/environment_pb";
import type { Probe } from "../../assumption";
import { compared } from "../../finding";
import {
  askForEnvironment,
  machineTime,
  phaseOf,
  readEnvironment,
  runningEnvironment,
  stoppedEnvironment,
} from "./bring-up";

const { startEnvironment, stopEnvironment } = EnvironmentService.method;
const made = { makes: ["an environment"], needs: ["environments"] } as const;

/** A repository that no machine reaches, since nobody can have a name below `invalid`. */
const nowhere = { content: { initializer: { specs: [{ git: { remoteUri: "https://nowhere.invalid/none.git" } }] } } };

export const startAtOnce: Probe = {
  ...made,
  calls: ["EnvironmentService/StartEnvironment", "EnvironmentService/GetEnvironment"],
  async run(bench) {
    const id = await stoppedEnvironment(bench);
    await bench.call(startEnvironment, { environmentId: id });
    const phase = await phaseOf(bench, id);
    return compared("left STOPPED", phase === "STOPPED" ? "STOPPED" : "left STOPPED");
  },
};

export const startClearsFailure: Probe = {
  ...made,
  calls: ["EnvironmentService/CreateEnvironment", "EnvironmentService/StartEnvironment"],
  async run(bench) {
    const id = await askForEnvironment(bench, { spec: nowhere });
    const { status } = await bench.until(
      () => readEnvironment(bench, id),
      ({ status: now }) => now?.phase === Phase.STOPPED || now?.phase === Phase.RUNNING,
      machineTime,
    );
    if ((status?.failureMessage.length ?? 0) === 0) throw new Error("an environment without a repository did not fail");
    await bench.call(startEnvironment, { environmentId: id });
    const { status: later } = await bench.until(
      () => readEnvironment(bench, id),
      ({ status: now }) => now?.phase !== Phase.STOPPED,
    );
    return compared("no failure", (later?.failureMessage.length ?? 0) > 0 ? "the failure of before" : "no failure");
  },
};

export const startRunning: Probe = {
  ...made,
  calls: ["EnvironmentService/StartEnvironment"],
  run: async (bench) =>
    compared("ok", await bench.answer(startEnvironment, { environmentId: await runningEnvironment(bench) })),
};

export const stopStopped: Probe = {
  ...made,
  calls: ["EnvironmentService/StopEnvironment"],
  run: async (bench) =>
    compared("ok", await bench.answer(stopEnvironment, { environmentId: await stoppedEnvironment(bench) })),
};

export const startWhileStopping: Probe = {
  ...made,
  calls: ["EnvironmentService/StartEnvironment", "EnvironmentService/GetEnvironment"],
  async run(bench) {
    const environmentId = await runningEnvironment(bench);
    await bench.call(stopEnvironment, { environmentId });
    const answer = await bench.answer(startEnvironment, { environmentId });
    if (answer !== "ok") return compared("ok", answer);
    let hasStopped = false;
    await bench.until(
      () => phaseOf(bench, environmentId),
      (phase) => {
        hasStopped ||= phase === "STOPPED" || phase === "STARTING";
        return hasStopped && phase === "RUNNING";
      },
      machineTime,
    );
    return compared("stopped, then RUNNING", hasStopped ? "stopped, then RUNNING" : "never stopped");
  },
};

export const lastStarted: Probe = {
  ...made,
  calls: ["EnvironmentService/StartEnvironment", "EnvironmentService/GetEnvironment"],
  async run(bench) {
    const environmentId = await runningEnvironment(bench);
    const before = (await readEnvironment(bench, environmentId)).metadata?.lastStartedAt;
    await bench.call(startEnvironment, { environmentId });
    const after = (await readEnvironment(bench, environmentId)).metadata?.lastStartedAt;
    const isSame = before?.seconds === after?.seconds && before?.nanos === after?.nanos;
    return compared("the time of the start before", isSame ? "the time of the start before" : "a later time");
  },
};
