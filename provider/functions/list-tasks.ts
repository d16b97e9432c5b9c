import { EnvironmentAutomationService } from "../../proto/gen/gitpod/v1/environment_automation_pb";
import { defineFunction } from "./define-function";

/** Lists tasks of environments. */
export const listTasks = defineFunction({
  name: "listTasks",
  method: EnvironmentAutomationService.method.listTasks,
});
