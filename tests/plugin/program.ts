import { ids } from "../../emulator";
import type { JsonObject } from "../../provider/value/json";
import { gitpod, yaml } from "../../tools/engine/yaml";
import type { Every } from "../engine/every-kind";

/** A program with one resource of each kind, named for it, and the environment `home` for services and tasks. */
export const programOf = (every: Every, outputs: JsonObject = {}): Record<string, string> =>
  yaml({
    resources: {
      home: gitpod("Environment", { spec: { machine: { class: ids.smallClass } } }),
      project: gitpod("Project", every.project, { replaceOnChanges: ["initializer"] }),
      environment: gitpod("Environment", every.environment),
      service: gitpod("Service", { environmentId: `\${home.id}`, ...every.service }),
      task: gitpod("Task", { environmentId: `\${home.id}`, ...every.task }),
      taskExecution: gitpod("TaskExecution", { taskId: `\${task.id}`, ...every.taskExecution }),
      automationsFile: gitpod("AutomationsFile", { environmentId: `\${environment.id}`, ...every.automationsFile }),
      group: gitpod("Group", every.group, { replaceOnChanges: ["name"] }),
      secret: gitpod("Secret", { scope: { projectId: `\${project.id}` }, ...every.secret }),
    },
    outputs,
  });
