import { EnvironmentAutomationService } from "../../proto/gen/gitpod/v1/environment_automation_pb";
import { defineFunction } from "./define-function";

/** Lists services of environments. */
export const listServices = defineFunction({
  name: "listServices",
  method: EnvironmentAutomationService.method.listServices,
});
