import { EnvironmentService } from "../../../proto/gen/gitpod/v1/environment_pb";
import type { Probe } from "../../assumption";
import { compared } from "../../finding";
import { readEnvironment, runningEnvironment, stoppedEnvironment } from "./bring-up";

const { updateEnvironment } = EnvironmentService.method;
const made = { makes: ["an environment"], needs: ["environments"] } as const;

/** How many milliseconds a runner has to confirm settings. */
const patience = 120_000;

export const updateStopped: Probe = {
  ...made,
  calls: ["EnvironmentService/UpdateEnvironment"],
  async run(bench) {
    const request = { environmentId: await stoppedEnvironment(bench), spec: { timeout: { disconnected: "3600s" } } };
    return compared("ok", await bench.answer(updateEnvironment, request));
  },
};

export const updateConfirmed: Probe = {
  ...made,
  calls: ["EnvironmentService/UpdateEnvironment", "EnvironmentService/GetEnvironment"],
  async run(bench) {
    const environmentId = await runningEnvironment(bench);
    await bench.call(updateEnvironment, { environmentId, spec: { timeout: { disconnected: "3600s" } } });
    const isConfirmed = ({ spec, status }: Awaited<ReturnType<typeof readEnvironment>>): boolean =>
      (status?.runnerAck?.specVersion ?? 0n) >= (spec?.specVersion ?? 0n);
    const last = await bench.until(() => readEnvironment(bench, environmentId), isConfirmed, patience);
    return compared("confirmed", isConfirmed(last) ? "confirmed" : "an older version confirmed");
  },
};

export const portsMerged: Probe = {
  ...made,
  calls: ["EnvironmentService/UpdateEnvironment", "EnvironmentService/GetEnvironment"],
  async run(bench) {
    const environmentId = await runningEnvironment(bench);
    for (const port of numbers) {
      const ports = [{ port, name: "probe", admission: "ADMISSION_LEVEL_CREATOR_ONLY" }];
      await bench.call(updateEnvironment, { environmentId, spec: { ports } });
    }
    const { spec } = await readEnvironment(bench, environmentId);
    return compared(
      numbers,
      numbers.filter((number) => spec?.ports.some(({ port }) => port === number)),
    );
  },
};

export const portWithoutAdmission: Probe = {
  ...made,
  calls: ["EnvironmentService/UpdateEnvironment", "EnvironmentService/GetEnvironment"],
  async run(bench) {
    const environmentId = await runningEnvironment(bench);
    const [port] = numbers;
    for (const admission of ["ADMISSION_LEVEL_CREATOR_ONLY", "ADMISSION_LEVEL_UNSPECIFIED"]) {
      await bench.call(updateEnvironment, { environmentId, spec: { ports: [{ port, name: "probe", admission }] } });
    }
    const { spec } = await readEnvironment(bench, environmentId);
    return compared("closed", spec?.ports.some((open) => open.port === port) ? "open" : "closed");
  },
};

const numbers = [34567, 34568] as const;
