import { RunnerService } from "../../proto/gen/gitpod/v1/runner_pb";
import { runner } from "../../provider/resources/runner";
import type { Probe } from "../assumption";
import { answered, compared } from "../finding";

const { deleteRunner, getRunner } = RunnerService.method;

export const deletedRunnerVisible: Probe = {
  calls: ["RunnerService/CreateRunner", "RunnerService/DeleteRunner", "RunnerService/GetRunner"],
  makes: ["a runner that nobody deploys"],
  needs: ["organization"],
  async run(bench) {
    const { id: runnerId } = await bench.make(runner, { provider: "RUNNER_PROVIDER_LINUX_HOST" });
    await bench.call(deleteRunner, { runnerId });
    return answered("ok", () => bench.answer(getRunner, { runnerId }));
  },
};

export const kindOrProvider: Probe = {
  calls: ["RunnerService/CreateRunner"],
  makes: [],
  needs: ["organization"],
  run: (bench) => answered("InvalidArgument", (awaited) => bench.tryToMake(runner, {}, awaited)),
};

export const awsRegion: Probe = {
  calls: ["RunnerService/CreateRunner"],
  makes: [],
  needs: ["organization"],
  run: (bench) =>
    answered("InvalidArgument", (awaited) => bench.tryToMake(runner, { provider: "RUNNER_PROVIDER_AWS_EC2" }, awaited)),
};

export const updateWindow: Probe = {
  calls: ["RunnerService/CreateRunner", "RunnerService/GetRunner"],
  makes: ["a runner that nobody deploys"],
  needs: ["organization"],
  async run(bench) {
    const configuration = { updateWindow: { startHour: 3 } };
    const { id: runnerId } = await bench.make(runner, {
      provider: "RUNNER_PROVIDER_LINUX_HOST",
      spec: { configuration },
    });
    const { runner: found } = await bench.call(getRunner, { runnerId });
    const { startHour, endHour } = found?.spec?.configuration?.updateWindow ?? {};
    return compared([3, 5], [startHour, endHour]);
  },
};
