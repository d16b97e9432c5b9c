import { EnvironmentService } from "../../../proto/gen/gitpod/v1/environment_pb";
import type { Probe } from "../../assumption";
import { answered, compared } from "../../finding";
import { runningEnvironment, stoppedEnvironment } from "./bring-up";

const { archiveEnvironment, createEnvironmentAccessToken, listEnvironments, startEnvironment } =
  EnvironmentService.method;
const made = { makes: ["an environment"], needs: ["environments"] } as const;

export const archiveRunning: Probe = {
  ...made,
  calls: ["EnvironmentService/ArchiveEnvironment"],
  async run(bench) {
    const environmentId = await runningEnvironment(bench);
    return answered("FailedPrecondition", (awaited) => bench.answer(archiveEnvironment, { environmentId }, awaited));
  },
};

export const startArchived: Probe = {
  ...made,
  calls: ["EnvironmentService/ArchiveEnvironment", "EnvironmentService/StartEnvironment"],
  async run(bench) {
    const environmentId = await stoppedEnvironment(bench);
    await bench.call(archiveEnvironment, { environmentId });
    return answered("FailedPrecondition", (awaited) => bench.answer(startEnvironment, { environmentId }, awaited));
  },
};

export const archivedUnlisted: Probe = {
  ...made,
  calls: ["EnvironmentService/ArchiveEnvironment", "EnvironmentService/ListEnvironments"],
  async run(bench) {
    const environmentId = await stoppedEnvironment(bench);
    await bench.call(archiveEnvironment, { environmentId });
    const { environments } = await bench.call(listEnvironments, { filter: { search: environmentId } });
    return compared("not listed", environments.length > 0 ? "listed" : "not listed");
  },
};

export const tokenStopped: Probe = {
  ...made,
  calls: ["EnvironmentService/CreateEnvironmentAccessToken"],
  async run(bench) {
    const request = { environmentId: await stoppedEnvironment(bench) };
    return answered("FailedPrecondition", (awaited) => bench.answer(createEnvironmentAccessToken, request, awaited));
  },
};
