import { AutomationsFileInputsSchema, AutomationsFileService } from "../../proto/gen/provider/v1/automations_file_pb";
import { defineResource } from "../model/definition";
import { composed, find } from "./automations-file/composed";

const files = AutomationsFileService.method;

/**
 * The services and tasks that one automations file makes in an environment.
 *
 * Exactly one of `automations` (an object), `yaml` (a text) and `path` (a file on the machine on which the program
 * runs) says what they are, in the form that a repository's `.ona/automations.yaml` has; in the last two, what is wrong
 * is told with line and column, text is the characters that stand there, and a name without a value is a mistake. A
 * service needs a start command, and a task depends on what the same file names. Only the content is compared. What the
 * file has made is changed with it, and deleted once the file does not name it any more; every other service or task of
 * the environment is left alone, and a reference that one of them has is refused. To take those over instead, state
 * `adopt` with the id of the environment.
 *
 * Services are declared and not waited for: triggers and people start them, and an update neither stops nor starts them.
 * The id is that of the environment; `services` and `tasks` have the ids of what was made, by reference.
 */
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
