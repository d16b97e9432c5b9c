import { EnvironmentAutomationService } from "../../proto/gen/gitpod/v1/environment_automation_pb";
import { defineFunction } from "./define-function";

/** Returns one task. */
export const getTask = defineFunction({
  name: "getTask",
  method: EnvironmentAutomationService.method.getTask,
  required: ["id"],
});
