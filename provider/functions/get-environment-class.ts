import { RunnerConfigurationService } from "../../proto/gen/gitpod/v1/runner_configuration_pb";
import { defineFunction } from "./define-function";

/** Returns one environment class. */
export const getEnvironmentClass = defineFunction({
  name: "getEnvironmentClass",
  method: RunnerConfigurationService.method.getEnvironmentClass,
  required: ["environmentClassId"],
});
