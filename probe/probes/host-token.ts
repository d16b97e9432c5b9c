import { RunnerConfigurationService } from "../../proto/gen/gitpod/v1/runner_configuration_pb";
import { hostAuthenticationToken } from "../../provider/resources/host-authentication-token";
import type { Probe } from "../assumption";
import { answered, compared, notTried } from "../finding";
import { activeRunner } from "./active-runner";

const { getHostAuthenticationToken, updateHostAuthenticationToken } = RunnerConfigurationService.method;

export const hostTokenReadLags: Probe = {
  calls: [
    "RunnerConfigurationService/CreateHostAuthenticationToken",
    "RunnerConfigurationService/UpdateHostAuthenticationToken",
    "RunnerConfigurationService/GetHostAuthenticationToken",
  ],
  makes: ["a token of the caller for a host that does not exist, on a runner that is there"],
  needs: [],
  async run(bench) {
    const runnerId = await activeRunner(bench);
    if (runnerId === undefined) return notTried("the account sees no active runner");
    const { id } = await bench.make(hostAuthenticationToken, { ...nowhere, runnerId, scopes: ["before"] });
    await bench.call(updateHostAuthenticationToken, { id, scopes: ["after"] });
    const { token } = await bench.call(getHostAuthenticationToken, { id });
    return compared(["before"], token?.scopes);
  },
};

export const equalTokens: Probe = {
  calls: ["RunnerConfigurationService/CreateHostAuthenticationToken"],
  makes: ["two tokens of the caller for a host that does not exist, on a runner that is there"],
  needs: [],
  async run(bench) {
    const runnerId = await activeRunner(bench);
    if (runnerId === undefined) return notTried("the account sees no active runner");
    await bench.make(hostAuthenticationToken, { ...nowhere, runnerId });
    return answered("ok", () => bench.tryToMake(hostAuthenticationToken, { ...nowhere, runnerId }));
  },
};

const nowhere = {
  host: "nowhere.invalid",
  token: "probe",
  source: "HOST_AUTHENTICATION_TOKEN_SOURCE_PAT",
};
