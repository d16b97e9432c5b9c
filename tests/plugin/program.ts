import { join } from "node:path";
import { ids } from "../../emulator";
import type { JsonObject } from "../../provider/json";
import { root } from "../../tools/root";
import type { Every } from "../engine/every-kind";

/** A resource of a YAML program. */
export interface YamlResource {
  type: string;
  properties?: JsonObject;
  options?: JsonObject;
  get?: JsonObject;
}

/** The parts of a YAML program. */
export interface Yaml {
  resources?: Record<string, YamlResource>;
  variables?: JsonObject;
  outputs?: JsonObject;
}

/** The files of a YAML program that runs on the built plugin; JSON is YAML. */
export const yaml = (program: Yaml): Record<string, string> => ({
  "Pulumi.yaml": JSON.stringify({
    name: "test",
    runtime: "yaml",
    plugins: { providers: [{ name: "gitpod", path: join(root, "dist", "bin") }] },
    ...program,
  }),
});

/** A resource of one of our kinds. */
export const gitpod = (kind: string, properties: JsonObject, options?: JsonObject): YamlResource => ({
  type: `gitpod:${kind}`,
  properties,
  ...(options && { options }),
});

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
      group: gitpod("Group", every.group, { replaceOnChanges: ["name"] }),
      secret: gitpod("Secret", { scope: { projectId: `\${project.id}` }, ...every.secret }),
    },
    outputs,
  });
