import { create } from "@bufbuild/protobuf";
import { WorkflowErrorCode, WorkflowErrorSchema } from "../../proto/gen/gitpod/v1/workflow_error_pb";
import { WorkflowExecutionPhase as Phase } from "../../proto/gen/gitpod/v1/workflow_pb";
import { changed, remove } from "../change";
import { type Site, second } from "../site";
import { isStuck } from "../stuck";
import type { WorkflowExecutionRow, WorkflowRow } from "../world";

/** Moves an execution of a workflow by one phase; the name of the workflow can hold it or let it fail. */
export function stepWorkflowExecution(site: Site, row: WorkflowExecutionRow): boolean {
  const { metadata, spec, status } = row.remote;
  const name = site.world.workflows.rows.get(metadata.workflowId)?.remote.metadata.name ?? "";
  const isEnding = spec.desiredPhase === Phase.STOPPED && status.phase !== Phase.STOPPING;
  if (isOver(status.phase) || (!isEnding && isStuck(name, Phase[status.phase], "running"))) {
    return false;
  }
  if (isEnding) {
    status.phase = Phase.STOPPING;
  } else if (status.phase === Phase.PENDING) {
    begin(site, row);
  } else if (status.phase === Phase.STOPPING) {
    end(site, row, Phase.STOPPED);
  } else if (name.includes("fail")) {
    fail(row);
  } else {
    end(site, row, Phase.COMPLETED);
  }
  changed(site, site.world.workflowExecutions, row);
  return true;
}

/** Takes a workflow out that is being deleted, once none of its executions goes on. */
export function stepWorkflow(site: Site, row: WorkflowRow): boolean {
  if (!row.remote.spec.deleting || activeExecutions(site, row.id).length > 0) {
    return false;
  }
  remove(site, site.world.workflows, row);
  return true;
}

/** The executions of a workflow that have not ended. */
export function activeExecutions({ world }: Site, workflowId: string): WorkflowExecutionRow[] {
  return [...world.workflowExecutions.rows.values()].filter(
    ({ remote }) => remote.metadata.workflowId === workflowId && !isOver(remote.status.phase),
  );
}

/** Lets an execution stop; one that has ended stays as it is. */
export function askToStop(site: Site, row: WorkflowExecutionRow): void {
  const { spec, status } = row.remote;
  if (!isOver(status.phase) && spec.desiredPhase !== Phase.STOPPED) {
    spec.desiredPhase = Phase.STOPPED;
    changed(site, site.world.workflowExecutions, row);
  }
}

function isOver(phase: Phase): boolean {
  return phase === Phase.STOPPED || phase === Phase.COMPLETED;
}

function begin(site: Site, { remote: { metadata, spec, status } }: WorkflowExecutionRow): void {
  const running = Math.min(status.pendingActionCount, spec.action?.limits?.maxParallel ?? 1);
  status.phase = Phase.RUNNING;
  status.runningActionCount = running;
  status.pendingActionCount -= running;
  metadata.startedAt = second(site);
}

function fail({ remote: { spec, status } }: WorkflowExecutionRow): void {
  spec.desiredPhase = Phase.STOPPED;
  status.phase = Phase.STOPPING;
  status.failedActionCount = status.runningActionCount;
  status.runningActionCount = 0;
  status.failures = [
    create(WorkflowErrorSchema, {
      code: WorkflowErrorCode.ENVIRONMENT_ERROR,
      message: "a step has failed: its environment does not come up",
    }),
  ];
}

function end(site: Site, { remote: { metadata, status } }: WorkflowExecutionRow, phase: Phase): void {
  const left = status.pendingActionCount + status.runningActionCount;
  Object.assign(status, { phase, pendingActionCount: 0, runningActionCount: 0 });
  if (phase === Phase.COMPLETED) {
    status.doneActionCount = left;
  } else {
    status.stoppedActionCount = left;
  }
  metadata.finishedAt = second(site);
}
