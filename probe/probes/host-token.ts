import { RunnerConfigurationService } from "../../proto/gen/gitpod/v1/runner_configuration_pb";
import { RunnerPhase, RunnerService } from "../../proto/gen/gitpod/v1/runner_pb";
import { hostAuthenticationToken } from "../../provider/resources/host-authentication-token";
import type { Probe } from "../assumption";
import { compared, notTried } from "../finding";

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
    const { runners } = await bench.call(RunnerService.method.listRunners, {});
    const runner = runners.find(({ status }) => status?.phase === RunnerPhase.ACTIVE);
    if (!runner) return notTried("the account sees no active runner");
    const { id } = await bench.make(hostAuthenticationToken, {
      runnerId: runner.runnerId,
      host: "nowhere.invalid",
      token: "probe",
      source: "HOST_AUTHENTICATION_TOKEN_SOURCE_PAT",
      scopes: ["before"],
    });
    await bench.call(updateHostAuthenticationToken, { id, scopes: ["after"] });
    const { token } = await bench.call(getHostAuthenticationToken, { id });
    return compared(["before"], token?.scopes);
  },
};
