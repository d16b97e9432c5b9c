import { EnvironmentService } from "../../proto/gen/gitpod/v1/environment_pb";
import { RunnerConfigurationService } from "../../proto/gen/gitpod/v1/runner_configuration_pb";
import { defineResource } from "../model/definition";

const configurations = RunnerConfigurationService.method;

/**
 * A kind of machine that a runner offers for environments.
 *
 * The API never deletes a class: a destroy or a replacement disables it, and it stays under its name. The next `up`
 * makes another one and does not enable the old one. Set `enabled` to true to have `up` enable a class that somebody
 * has disabled. The keys that the server adds to `configuration` are no change.
 */
export const environmentClass = defineResource({
  kind: "EnvironmentClass",
  create: configurations.createEnvironmentClass,
  get: configurations.getEnvironmentClass,
  list: EnvironmentService.method.listEnvironmentClasses,
  update: configurations.updateEnvironmentClass,
  delete: { with: { enabled: false } },
  updateOnly: ["enabled"],
  required: ["runnerId", "displayName", "description", "configuration"],
  mergeBy: { configuration: { key: "key", removedWithout: "value" } },
  partOf: "runnerId",
});
