import { clone, create } from "@bufbuild/protobuf";
import {
  type TaskExecutionSpec_Group,
  TaskExecutionSpec_GroupSchema,
  type TaskExecutionSpec_Step,
  TaskExecutionSpec_StepSchema,
  TaskSpecSchema,
} from "../../proto/gen/gitpod/v1/environment_automation_pb";
import { invalid } from "../refusal";
import type { Site } from "../site";
import type { TaskRow } from "../world";

/** Plans a run of a task: what it depends on comes in earlier groups, the task itself in the last one. */
export function planTask(site: Site, task: TaskRow): TaskExecutionSpec_Group[] {
  const depths = new Map<string, number>();
  measure(site, task.id, depths, []);
  const deepest = depths.get(task.id) ?? 0;
  const steps = new Map([...depths.keys()].map((id) => [id, site.newId()]));
  return Array.from({ length: deepest + 1 }, (_, depth) =>
    create(TaskExecutionSpec_GroupSchema, {
      steps: [...depths].filter(([, at]) => at === depth).map(([id]) => stepFor(site, id, steps)),
    }),
  );
}

/** Refuses dependencies that do not exist in the environment or that lead back to the task itself. */
export function checkDependencies(site: Site, environmentId: string, taskId: string, dependsOn: string[]): void {
  for (const id of dependsOn) {
    const found = site.world.services.rows.get(id) ?? site.world.tasks.rows.get(id);
    if (found?.owner.environmentId !== environmentId) {
      throw invalid(`depends_on: automation ${id} not found in environment ${environmentId}`);
    }
    measure(site, id, new Map(), [taskId]);
  }
}

function measure(site: Site, id: string, depths: Map<string, number>, above: string[]): number {
  if (above.includes(id)) {
    throw invalid(`depends_on: automation ${id} depends on itself`);
  }
  const known = depths.get(id);
  if (known !== undefined) {
    return known;
  }
  const below = site.world.tasks.rows.get(id)?.remote.dependsOn ?? [];
  const present = below.filter((other) => site.world.services.rows.has(other) || site.world.tasks.rows.has(other));
  const depth = Math.max(-1, ...present.map((other) => measure(site, other, depths, [...above, id]))) + 1;
  depths.set(id, depth);
  return depth;
}

function stepFor(site: Site, id: string, steps: Map<string, string>): TaskExecutionSpec_Step {
  const task = site.world.tasks.rows.get(id);
  const service = site.world.services.rows.get(id);
  return create(TaskExecutionSpec_StepSchema, {
    id: steps.get(id) ?? site.newId(),
    dependsOn: (task?.remote.dependsOn ?? []).flatMap((other) => steps.get(other) ?? []),
    label: task?.remote.metadata.name ?? service?.remote.metadata.name ?? "",
    step:
      task === undefined
        ? { case: "serviceId", value: id }
        : { case: "task", value: { id, spec: clone(TaskSpecSchema, task.remote.spec) } },
  });
}
