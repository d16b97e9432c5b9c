import { EnvironmentService } from "../../proto/gen/gitpod/v1/environment_pb";
import { defineFunction } from "./define-function";

/** Issues a token, valid for one hour, for the logs of an environment. */
export const environmentLogsToken = defineFunction({
  name: "environmentLogsToken",
  method: EnvironmentService.method.createEnvironmentLogsToken,
  required: ["environmentId"],
  sensitive: ["accessToken"],
});
