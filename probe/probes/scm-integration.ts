import { scmIntegration } from "../../provider/resources/scm-integration";
import type { Probe } from "../assumption";
import { answered, notTried } from "../finding";
import { activeRunner } from "./active-runner";

const made = {
  calls: ["RunnerConfigurationService/CreateSCMIntegration"],
  makes: ["an SCM integration for a host that does not exist, on a runner that is there"],
  needs: ["organization"],
} as const;

export const integrationKey: Probe = {
  ...made,
  async run(bench) {
    const runnerId = await activeRunner(bench);
    if (runnerId === undefined) return notTried("the account sees no active runner");
    const request = { runnerId, scmId: "github", host: "nowhere.invalid", pat: true };
    await bench.make(scmIntegration, request);
    return answered("AlreadyExists", (awaited) => bench.tryToMake(scmIntegration, request, awaited));
  },
};

export const oauthHalf: Probe = {
  ...made,
  async run(bench) {
    const runnerId = await activeRunner(bench);
    if (runnerId === undefined) return notTried("the account sees no active runner");
    const request = { runnerId, scmId: "github", host: "nowhere.invalid", oauthClientId: "probe" };
    return answered("InvalidArgument", (awaited) => bench.tryToMake(scmIntegration, request, awaited));
  },
};
