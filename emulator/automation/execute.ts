import { create } from "@bufbuild/protobuf";
import { TaskExecutionPhase, TaskExecutionSchema } from "../../proto/gen/gitpod/v1/environment_automation_pb";
import type { Caller } from "../caller";
import { insert } from "../change";
import { type Site, timestamp } from "../site";
import { completeExecution } from "../whole";
import type { ExecutionRow, TaskRow } from "../world";
import { planTask } from "./plan";

/** Adds an execution of a task, which has not begun yet. */
export function execute(
  site: Site,
  task: TaskRow,
  { id: creatorId, principal }: Pick<Caller, "id" | "principal">,
  startedBy: string,
): ExecutionRow {
  const id = site.newId();
  const row: ExecutionRow = {
    id,
    owner: task.owner,
    owed: { cancel: false, steps: {} },
    remote: completeExecution(
      create(TaskExecutionSchema, {
        id,
        metadata: {
          taskId: task.id,
          environmentId: task.remote.environmentId,
          createdAt: timestamp(site),
          creator: { id: creatorId, principal },
          startedBy,
        },
        spec: { plan: planTask(site, task), desiredPhase: TaskExecutionPhase.SUCCEEDED },
        status: { statusVersion: 1n, phase: TaskExecutionPhase.PENDING },
      }),
    ),
  };
  insert(site, site.world.taskExecutions, row);
  return row;
}
