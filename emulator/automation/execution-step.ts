import { create } from "@bufbuild/protobuf";
import {
  TaskExecutionPhase as Phase,
  ServicePhase,
  type TaskExecutionSpec_Step,
  type TaskExecutionStatus_Step,
  TaskExecutionStatus_StepSchema,
} from "../../proto/gen/gitpod/v1/environment_automation_pb";
import { moved } from "../change";
import { type Site, timestamp } from "../site";
import type { ExecutionRow } from "../world";
import { foresee } from "./command";
import { askToStart } from "./service-step";

/** Moves an execution by one phase or by one group of its plan; false when it owes nothing. */
export function stepExecution(site: Site, row: ExecutionRow): boolean {
  const { remote, owed } = row;
  if (isOver(remote.status.phase)) {
    return false;
  }
  if (owed.cancel) {
    return endExecution(site, row, Phase.STOPPED);
  }
  if (remote.status.phase === Phase.PENDING) {
    remote.metadata.startedAt = timestamp(site);
    remote.status.phase = Phase.RUNNING;
    beginGroup(site, row);
    moved(site, site.world.taskExecutions, row);
    return true;
  }
  return stepGroup(site, row);
}

/** Whether an execution has ended. */
export function isOver(phase: Phase): boolean {
  return phase === Phase.SUCCEEDED || phase === Phase.FAILED || phase === Phase.STOPPED;
}

/** Ends an execution together with its running steps. */
export function endExecution(site: Site, row: ExecutionRow, phase: Phase, failureMessage = ""): true {
  const { remote } = row;
  for (const step of remote.status.steps.filter((other) => !isOver(other.phase))) {
    step.phase = Phase.STOPPED;
  }
  remote.status.phase = phase;
  remote.status.failureMessage = failureMessage;
  remote.metadata.completedAt = timestamp(site);
  moved(site, site.world.taskExecutions, row);
  return true;
}

function stepGroup(site: Site, row: ExecutionRow): boolean {
  const { status } = row.remote;
  const running = status.steps.filter((step) => !isOver(step.phase));
  const advanced = running.map((step) => advance(site, row, step)).includes(true);
  const failed = status.steps.find((step) => step.phase === Phase.FAILED);
  if (failed !== undefined) {
    return endExecution(site, row, Phase.FAILED, `${labelOf(row, failed.id)}: ${failed.failureMessage}`);
  }
  if (running.some((step) => !isOver(step.phase))) {
    return advanced;
  }
  if (!beginGroup(site, row)) {
    return endExecution(site, row, Phase.SUCCEEDED);
  }
  moved(site, site.world.taskExecutions, row);
  return true;
}

function beginGroup(site: Site, row: ExecutionRow): boolean {
  const { spec, status } = row.remote;
  const started = new Set(status.steps.map((step) => step.id));
  const next = spec.plan.find((group) => group.steps.some((step) => !started.has(step.id)));
  for (const step of next?.steps ?? []) {
    status.steps.push(create(TaskExecutionStatus_StepSchema, { id: step.id, phase: Phase.RUNNING }));
    if (step.step.case === "serviceId") {
      const service = site.world.services.rows.get(step.step.value);
      if (service !== undefined) {
        askToStart(site, service);
      }
    } else {
      row.owed.steps[step.id] = foresee(step.step.value?.spec?.command ?? "").steps;
    }
  }
  return next !== undefined;
}

function advance(site: Site, row: ExecutionRow, step: TaskExecutionStatus_Step): boolean {
  const planned = stepsOf(row).find((other) => other.id === step.id);
  return planned?.step.case === "serviceId"
    ? advanceService(site, planned.step.value, step)
    : advanceTask(row, planned?.step.value?.spec?.command ?? "", step);
}

function advanceService(site: Site, serviceId: string, step: TaskExecutionStatus_Step): boolean {
  const row = site.world.services.rows.get(serviceId);
  const service = row?.remote.status;
  const ended = service?.phase === ServicePhase.STOPPED && row?.owed.action === "none";
  switch (ended ? ServicePhase.RUNNING : service?.phase) {
    case ServicePhase.RUNNING:
      step.phase = Phase.SUCCEEDED;
      return true;
    case ServicePhase.STARTING:
    case ServicePhase.STOPPED:
    case ServicePhase.STOPPING:
      return false;
    default:
      step.phase = Phase.FAILED;
      step.failureMessage = service?.failureMessage ?? "the service does not exist anymore";
      return true;
  }
}

function advanceTask(row: ExecutionRow, command: string, step: TaskExecutionStatus_Step): boolean {
  const { exit } = foresee(command);
  const left = row.owed.steps[step.id] ?? 0;
  if (left > 0) {
    row.owed.steps[step.id] = left - 1;
    return true;
  }
  if (exit === "never") {
    return false;
  }
  delete row.owed.steps[step.id];
  step.phase = exit === "unsaid" || exit === 0 ? Phase.SUCCEEDED : Phase.FAILED;
  step.failureMessage = step.phase === Phase.FAILED ? `the command exited with code ${exit}` : "";
  return true;
}

function stepsOf(row: ExecutionRow): TaskExecutionSpec_Step[] {
  return row.remote.spec.plan.flatMap((group) => group.steps);
}

function labelOf(row: ExecutionRow, stepId: string): string {
  return stepsOf(row).find((step) => step.id === stepId)?.label ?? stepId;
}
