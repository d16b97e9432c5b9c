import { RunnerService } from "../../proto/gen/gitpod/v1/runner_pb";
import { defineResource } from "../model/definition";
import { reportsOfRunner } from "./runner";

/**
 * A runner that is up: `up` returns when the runner is active or degraded. Nothing is created, and a destroy makes no call.
 *
 * Pass its id as the `runnerId` of what needs a runner that is up, such as an {@link ScmIntegration} with a secret: then
 * the runner, its cloud stack and what needs it come up in one `up`. A later phase is shown
 * and not waited for.
 */
export const activeRunner = defineResource({
  kind: "ActiveRunner",
  address: ["runnerId"],
  whenAbsent: "the runner has to be registered first",
  get: RunnerService.method.getRunner,
  delete: "forget",
  required: ["runnerId"],
  volatile: ["createdAt", "creator", "spec", "runnerManagerId", ...reportsOfRunner],
  phase: {
    at: "status.phase",
    events: "RUNNER",
    reasons: ["status.message"],
    targets: { RUNNER_PHASE_ACTIVE: "by itself" },
    satisfiedBy: { RUNNER_PHASE_ACTIVE: ["RUNNER_PHASE_DEGRADED"] },
    failed: ["RUNNER_PHASE_DELETING"],
    gone: ["RUNNER_PHASE_DELETED"],
  },
  timeouts: { create: 1800, update: 1800, delete: 60 },
});
