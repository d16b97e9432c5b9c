import type { Probe } from "../../assumption";
import { compared } from "../../finding";
import { readEnvironment, runningEnvironment } from "./bring-up";

const made = {
  calls: ["EnvironmentService/CreateEnvironment", "EnvironmentService/GetEnvironment"],
  makes: ["an environment"],
  needs: ["environments"],
} as const;

export const platformPorts: Probe = {
  ...made,
  async run(bench) {
    const { spec } = await readEnvironment(bench, await runningEnvironment(bench));
    return compared(
      [50432, 61000],
      spec?.ports.map(({ port }) => port).sort((one, other) => one - other),
    );
  },
};

export const statedPortsFirst: Probe = {
  ...made,
  async run(bench) {
    // The larger number stands first, and both are between those of the platform, so that no order by number does it.
    const numbers = [55556, 55555];
    const ports = numbers.map((port) => ({ port, name: "probe", admission: "ADMISSION_LEVEL_CREATOR_ONLY" }));
    const id = await runningEnvironment(bench, { spec: { ports } });
    const { status } = await bench.until(
      () => readEnvironment(bench, id),
      (environment) => (environment.status?.environmentUrls?.ports.length ?? 0) > numbers.length,
    );
    const told = status?.environmentUrls?.ports.map(({ port }) => port) ?? [];
    return compared(numbers, told.slice(0, numbers.length));
  },
};
