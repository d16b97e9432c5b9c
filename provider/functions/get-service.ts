import { EnvironmentAutomationService } from "../../proto/gen/gitpod/v1/environment_automation_pb";
import { defineFunction } from "./define-function";

/** Returns one service. */
export const getService = defineFunction({
  name: "getService",
  method: EnvironmentAutomationService.method.getService,
  required: ["id"],
});
