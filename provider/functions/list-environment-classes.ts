import { EnvironmentService } from "../../proto/gen/gitpod/v1/environment_pb";
import { defineFunction } from "./define-function";

/** Lists the environment classes that environments can be created with. */
export const listEnvironmentClasses = defineFunction({
  name: "listEnvironmentClasses",
  method: EnvironmentService.method.listEnvironmentClasses,
});
