import { EnvironmentService } from "../../proto/gen/gitpod/v1/environment_pb";
import { defineFunction } from "./define-function";

/** Tells the platform that an environment is in use, so that it does not stop for idleness. */
export const markEnvironmentActive = defineFunction({
  name: "markEnvironmentActive",
  method: EnvironmentService.method.markEnvironmentActive,
  required: ["environmentId"],
});
