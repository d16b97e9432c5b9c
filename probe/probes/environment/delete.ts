import { EnvironmentService } from "../../../proto/gen/gitpod/v1/environment_pb";
import { orAbsent } from "../../../provider/client/error/absence";
import type { Probe } from "../../assumption";
import { compared } from "../../finding";
import { machineTime, phaseOf, runningEnvironment } from "./bring-up";

const { deleteEnvironment } = EnvironmentService.method;
const made = { makes: ["an environment"], needs: ["environments"] } as const;

export const deleteAgain: Probe = {
  ...made,
  calls: ["EnvironmentService/DeleteEnvironment"],
  async run(bench) {
    const environmentId = await runningEnvironment(bench);
    await bench.call(deleteEnvironment, { environmentId });
    return compared("ok", await bench.answer(deleteEnvironment, { environmentId }));
  },
};

export const deletedVisible: Probe = {
  ...made,
  calls: ["EnvironmentService/DeleteEnvironment", "EnvironmentService/GetEnvironment"],
  async run(bench) {
    const environmentId = await runningEnvironment(bench);
    await bench.call(deleteEnvironment, { environmentId });
    const look = async (): Promise<string> => (await orAbsent(phaseOf(bench, environmentId))) ?? "gone";
    const last = await bench.until(look, (seen) => seen === "gone" || seen === "DELETED", machineTime);
    return compared("DELETED", last);
  },
};
