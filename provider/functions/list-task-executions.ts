import { EnvironmentAutomationService } from "../../proto/gen/gitpod/v1/environment_automation_pb";
import { defineFunction } from "./define-function";

/** Lists executions of tasks. */
export const listTaskExecutions = defineFunction({
  name: "listTaskExecutions",
  method: EnvironmentAutomationService.method.listTaskExecutions,
});
