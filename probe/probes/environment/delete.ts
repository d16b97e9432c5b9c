import { EnvironmentService, EnvironmentPhase as Phase } from "../../../proto/gen/gitpod/v1/environment_pb";
import { orAbsent } from "../../../provider/client/error/absence";
import type { Probe } from "../../assumption";
import { compared } from "../../finding";
import { machineTime, phaseOf, runningEnvironment } from "./bring-up";

const { deleteEnvironment, listEnvironments } = EnvironmentService.method;
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

export const deletedUnlisted: Probe = {
  ...made,
  calls: ["EnvironmentService/DeleteEnvironment", "EnvironmentService/ListEnvironments"],
  async run(bench) {
    const environmentId = await runningEnvironment(bench);
    await bench.call(deleteEnvironment, { environmentId });
    const list = async (): Promise<string> => {
      const { environments } = await bench.call(listEnvironments, { filter: { search: environmentId } });
      return Phase[environments[0]?.status?.phase ?? Phase.UNSPECIFIED];
    };
    const last = await bench.until(list, (seen) => seen === "UNSPECIFIED" || seen === "DELETED", machineTime);
    return compared("not listed", last === "UNSPECIFIED" ? "not listed" : last);
  },
};
