import type { Assumption } from "../assumption";
import {
  createdRunning,
  emptyList,
  fileLeavesRunning,
  notReady,
  referenceTaken,
  specAtRest,
  stopFailed,
} from "../probes/automation/service";
import { executionsGo, filePartlyRefused, newestFirst, othersKept, stopEnded } from "../probes/automation/task";

/** What is assumed about services, tasks and automations files. */
export const automations: readonly Assumption[] = [
  {
    id: "service-created-running",
    assumes: "A service that is created as RUNNING starts by itself.",
    said: ["docs/emulator.md", "emulator/automation/service-change.ts"],
    probe: createdRunning,
  },
  {
    id: "service-spec-at-rest",
    assumes: "The spec of a service that is not stopped cannot be changed: `failed_precondition`.",
    said: ["docs/emulator.md", "emulator/automation/service-change.ts", "provider/resources/service.ts"],
    probe: specAtRest,
  },
  {
    id: "service-stop-failed",
    assumes: "Stopping a failed service leads to STOPPED.",
    said: ["docs/emulator.md", "emulator/automation/service-step.ts"],
    leans: "A failed service that shall be stopped never is: the update ends with its deadline.",
    probe: stopFailed,
  },
  {
    id: "service-not-ready",
    assumes: "A service that is not ready within its `readinessTimeout` is FAILED.",
    said: ["docs/emulator.md", "emulator/automation/service-step.ts"],
    leans: "Such a service ends the create only with its deadline.",
    probe: notReady,
  },
  {
    id: "service-reference-taken",
    assumes: "A reference that another service or task of the environment has is refused with `already_exists`.",
    said: ["docs/emulator.md", "emulator/automation/place.ts"],
    leans: "A create fails where no list shows yet what an interrupted run has left; the next run takes that over.",
    probe: referenceTaken,
  },
  {
    id: "automation-empty-list",
    assumes: "An empty plain list in an update of a service or task changes nothing.",
    said: ["docs/emulator.md", "emulator/automation/service-change.ts", "emulator/automation/task-change.ts"],
    leans: "A change of a service's commands, or of a task's, takes away its variables.",
    probe: emptyList,
  },
  {
    id: "automations-file-others-kept",
    assumes: "An automations file leaves the services and tasks alone that it does not name.",
    said: ["emulator/automation/file.ts", "provider/resources/automations-file/composed.ts"],
    leans: "An `AutomationsFile` deletes the services and tasks that other resources of the environment declare.",
    probe: othersKept,
  },
  {
    id: "automations-file-running-service",
    assumes: "An automations file that changes a running service takes effect without a restart.",
    said: ["docs/emulator.md", "emulator/automation/file.ts"],
    probe: fileLeavesRunning,
  },
  {
    id: "automations-file-partly-refused",
    assumes: "An automations file with a part that is refused has applied the parts before it.",
    said: ["docs/emulator.md", "emulator/automation/file.ts"],
    probe: filePartlyRefused,
  },
  {
    id: "task-execution-stop-ended",
    assumes: "Cancelling what has ended is no error, and changes nothing.",
    said: ["docs/emulator.md", "emulator/service/automation-task.ts", "emulator/project/prebuild.ts"],
    leans: "A destroy fails where what it shall stop ends right before; the next one succeeds.",
    probe: stopEnded,
  },
  {
    id: "task-delete-executions",
    assumes: "The deletion of a task removes its executions.",
    said: ["emulator/automation/task-change.ts"],
    probe: executionsGo,
  },
  {
    id: "task-execution-newest-first",
    assumes: "Lists of task executions have the newest first.",
    said: ["emulator/service/automation-task.ts"],
    probe: newestFirst,
  },
  {
    id: "task-execution-pruned",
    assumes: "The platform may prune task executions and prebuilds that have ended, which is no failure of them.",
    said: ["provider/resources/task-execution.ts", "provider/resources/prebuild.ts"],
    leans: "One that has gone for another reason counts as done.",
    probe: { cannot: "Nothing says when, so that no account can wait for it." },
  },
];
