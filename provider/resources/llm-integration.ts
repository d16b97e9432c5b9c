import { RunnerConfigurationService } from "../../proto/gen/gitpod/v1/runner_configuration_pb";
import { defineResource } from "../model/definition";

const configurations = RunnerConfigurationService.method;

/**
 * Which models agents on a runner use, and the endpoint and key that reach them.
 *
 * `up` returns when the integration is AVAILABLE, or DISABLED if that is stated; a timeout says why it is UNAVAILABLE.
 * The runner must be up, since its public key encrypts `apiKey`. Removing the last of `requestHeaders` replaces the
 * integration. The API refuses to delete one that is in use, unless an `up` has stored `forceDelete: true`.
 */
export const llmIntegration = defineResource({
  kind: "LlmIntegration",
  create: configurations.createLLMIntegration,
  get: configurations.getLLMIntegration,
  list: configurations.listLLMIntegrations,
  update: configurations.updateLLMIntegration,
  delete: configurations.deleteLLMIntegration,
  extra: { forceDelete: { method: configurations.deleteLLMIntegration, field: "force", on: "delete" } },
  updateOnly: ["phase", "requestHeaders"],
  required: ["runnerId", "models", "endpoint", "apiKey"],
  sensitive: ["apiKey", "requestHeaders"],
  volatile: ["encryptedApiKey", "phaseReason", "requestHeaders"],
  phase: {
    at: "phase",
    desired: "phase",
    targets: { LLM_INTEGRATION_PHASE_AVAILABLE: "by update", LLM_INTEGRATION_PHASE_DISABLED: "by update" },
  },
  timeouts: { create: 300, update: 300, delete: 60 },
});
