import { RunnerPhase, RunnerService } from "../../proto/gen/gitpod/v1/runner_pb";
import type { Bench } from "../bench";

/** Returns the id of a runner that has signed up, which can encrypt what it shall keep; undefined where there is none. */
export async function activeRunner(bench: Bench): Promise<string | undefined> {
  const { runners } = await bench.call(RunnerService.method.listRunners, {});
  return runners.find(({ status }) => status?.phase === RunnerPhase.ACTIVE)?.runnerId;
}
