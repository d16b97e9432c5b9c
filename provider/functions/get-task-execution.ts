import { EnvironmentAutomationService } from "../../proto/gen/gitpod/v1/environment_automation_pb";
import { defineFunction } from "./define-function";

/** Returns one execution of a task. */
export const getTaskExecution = defineFunction({
  name: "getTaskExecution",
  method: EnvironmentAutomationService.method.getTaskExecution,
  required: ["id"],
});
