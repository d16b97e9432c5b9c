import { EnvironmentService } from "../../proto/gen/gitpod/v1/environment_pb";
import { defineFunction } from "./define-function";

/** Lists environments. */
export const listEnvironments = defineFunction({
  name: "listEnvironments",
  method: EnvironmentService.method.listEnvironments,
});
