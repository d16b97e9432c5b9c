import { EnvironmentService } from "../../proto/gen/gitpod/v1/environment_pb";
import { defineFunction } from "./define-function";

/** Returns one environment. */
export const getEnvironment = defineFunction({
  name: "getEnvironment",
  method: EnvironmentService.method.getEnvironment,
  required: ["environmentId"],
});
