import { RunnerService } from "../../proto/gen/gitpod/v1/runner_pb";
import { runner } from "../../provider/resources/runner";
import type { Probe } from "../assumption";
import { answered } from "../finding";

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
