import { RunnerService } from "../../proto/gen/gitpod/v1/runner_pb";
import { TriggerInputsSchema } from "../../proto/gen/provider/v1/trigger_pb";
import { defineResource } from "../model/definition";

const runners = RunnerService.method;

/** What a runner reports about itself, which changes without anybody. */
export const reportsOfRunner = [
  "updatedAt",
  "status.updatedAt",
  "status.version",
  "status.systemDetails",
  "status.message",
  "status.additionalInfo",
  "status.capabilities",
  "status.gatewayInfo",
  "status.llmUrl",
  "status.supportBundleUrl",
] as const;

/**
 * What runs environments: the vendor's software in your cloud account.
 *
 * `up` registers it and returns at once with `exchangeToken`, with which your cloud stack signs it up, once and within
 * 24 hours; a change of `triggers` makes another one. It comes up once that stack runs: an {@link ActiveRunner} waits
 * for it. A runner with environments is deleted only with `forceDelete`. State both hours of an `updateWindow`.
 */
export const runner = defineResource({
  kind: "Runner",
  create: runners.createRunner,
  get: runners.getRunner,
  list: runners.listRunners,
  update: runners.updateRunner,
  delete: runners.deleteRunner,
  own: TriggerInputsSchema,
  extra: {
    forceDelete: { method: runners.deleteRunner, field: "force", on: "delete" },
    triggers: { method: runners.createRunnerToken, on: "change" },
  },
  once: { exchangeToken: "answer" },
  required: ["name"],
  outputOnly: ["spec.configuration.encryptedHoneycombApiKey"],
  sensitive: ["spec.configuration.metrics.password"],
  volatile: reportsOfRunner,
  phase: { at: "status.phase", gone: ["RUNNER_PHASE_DELETED"] },
  lingers: true,
  timeouts: { create: 60, update: 60, delete: 900 },
  unmanaged: { provider: { RUNNER_PROVIDER_MANAGED: "The platform runs it." } },
});
