import { RunnerService } from "../../proto/gen/gitpod/v1/runner_pb";
import { TriggerInputsSchema } from "../../proto/gen/provider/v1/trigger_pb";
import { defineResource } from "../model/definition";

const runners = RunnerService.method;

/**
 * A token with which a runner that exists signs up, once and within 24 hours.
 *
 * It does not wait for the runner, which needs the token to come up. A change of `triggers` makes another one; earlier
 * ones stay valid until they are used or expire. A destroy makes no call, since the API takes no token back.
 */
export const runnerToken = defineResource({
  kind: "RunnerToken",
  address: ["runnerId"],
  create: runners.createRunnerToken,
  get: runners.getRunner,
  delete: "forget",
  own: TriggerInputsSchema,
  once: { exchangeToken: "answer" },
  required: ["runnerId"],
  goneIf: { "status.phase": "RUNNER_PHASE_DELETED" },
  volatile: ["createdAt", "updatedAt", "name", "spec", "status", "creator", "kind", "provider", "runnerManagerId"],
});
