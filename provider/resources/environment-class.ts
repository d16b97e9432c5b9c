import { EnvironmentService } from "../../proto/gen/gitpod/v1/environment_pb";
import { RunnerConfigurationService } from "../../proto/gen/gitpod/v1/runner_configuration_pb";
import { defineResource } from "../model/definition";

const configurations = RunnerConfigurationService.method;

/**
 * A kind of machine that a runner offers for environments.
 *
 * The API never deletes a class: destroying it disables it, and the disabled class keeps its name. Another `runnerId` or
 * `configuration` replaces it. Keys that the server adds to `configuration` are left alone.
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
});
