import { AutomationsFileInputsSchema, AutomationsFileService } from "../../proto/gen/provider/v1/automations_file_pb";
import { defineResource } from "../model/definition";
import { composed, find } from "./automations-file/calls";

const files = AutomationsFileService.method;

/** The services and tasks that one automations file makes in an environment. */
export const automationsFile = defineResource({
  kind: "AutomationsFile",
  create: files.createAutomationsFile,
  update: files.updateAutomationsFile,
  delete: files.deleteAutomationsFile,
  find,
  composed,
  own: AutomationsFileInputsSchema,
  sources: { automations: { yaml: "text", path: "file" } },
  required: [
    "environmentId",
    "automations.services[].name",
    "automations.services[].commands.start",
    "automations.tasks[].name",
    "automations.tasks[].command",
  ],
  because: { "automations.services[].commands.start": "without a command a service has nothing to run" },
  references: { "automations.tasks[].dependsOn": ["automations.services", "automations.tasks"] },
  shared: ["automations"],
  derived: ["services", "tasks"],
  naturalKey: ["environmentId"],
  creatorOnly: true,
  timeouts: { create: 60, update: 300, delete: 300 },
});
