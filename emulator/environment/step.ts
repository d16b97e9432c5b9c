import { create } from "@bufbuild/protobuf";
import {
  EnvironmentStatus_RunnerACK_StatusCode as AckCode,
  EnvironmentStatus_ContentPhase as ContentPhase,
  EnvironmentStatus_DevContainer_Phase as DevContainerPhase,
  EnvironmentStatus_RunnerACKSchema,
  EnvironmentStatus_Machine_Phase as MachinePhase,
  EnvironmentPhase as Phase,
} from "../../proto/gen/gitpod/v1/environment_pb";
import { environmentStarted, environmentStopped } from "../automation/follow";
import { moved } from "../change";
import { type Site, timestamp } from "../site";
import type { EnvironmentRow } from "../world";
import { removeEnvironment } from "./remove";
import { sentinelIn } from "./sentinel";
import { advanceStart, applySettings, beginStart } from "./start";

/** Moves an environment by one phase or sub-phase; false when it owes nothing. */
export function stepEnvironment(site: Site, row: EnvironmentRow): boolean {
  const { spec, status, metadata } = row.remote;
  const wanted = spec.desiredPhase;
  const sentinel = sentinelIn(metadata.name);
  switch (status.phase) {
    case Phase.CREATING:
      return sentinel === "stuck-creating" && wanted === Phase.RUNNING ? false : leaveCreating(site, row);
    case Phase.STARTING:
      if (wanted !== Phase.RUNNING) {
        return enterStopping(site, row);
      }
      return sentinel === "stuck-starting" ? false : advanceOrRun(site, row);
    case Phase.RUNNING:
      return leaveRunning(site, row);
    case Phase.UPDATING:
      return wanted === Phase.RUNNING ? finishUpdate(site, row) : enterStopping(site, row);
    case Phase.STOPPING:
      return sentinel === "stuck-stopping" ? false : finishStop(site, row);
    case Phase.STOPPED:
      return leaveStopped(site, row);
    case Phase.DELETING:
      return sentinel === "stuck-deleting" ? false : finishDelete(site, row);
    case Phase.DELETED:
      return linger(site, row);
    default:
      return false;
  }
}

/** Lets an environment fail: the reason is told, and it stops. */
export function failEnvironment(site: Site, row: EnvironmentRow, ...reasons: string[]): boolean {
  row.remote.status.failureMessage = reasons;
  return enterStopping(site, row);
}

/** Begins to stop an environment that is not at rest. */
export function enterStopping(site: Site, row: EnvironmentRow): true {
  const { status } = row.remote;
  status.phase = Phase.STOPPING;
  status.machine.phase = MachinePhase.STOPPING;
  moved(site, site.world.environments, row);
  return true;
}

/** Begins to delete an environment that has stopped. */
export function enterDeleting(site: Site, row: EnvironmentRow): true {
  const { status } = row.remote;
  status.phase = Phase.DELETING;
  status.machine.phase = MachinePhase.DELETING;
  moved(site, site.world.environments, row);
  return true;
}

function leaveCreating(site: Site, row: EnvironmentRow): boolean {
  if (row.remote.spec.desiredPhase !== Phase.RUNNING) {
    return enterStopping(site, row);
  }
  switch (sentinelIn(row.remote.metadata.name)) {
    case "fail-create":
      return failEnvironment(site, row, "cannot allocate a machine: the runner has no capacity left");
    case "rejected":
      row.remote.status.runnerAck = create(EnvironmentStatus_RunnerACKSchema, {
        specVersion: row.remote.spec.specVersion,
        statusCode: AckCode.INVALID_RESOURCE,
        message: "the runner does not support these settings",
      });
      return failEnvironment(site, row, "the runner does not support these settings");
    default:
      beginStart(site, row);
      return true;
  }
}

function advanceOrRun(site: Site, row: EnvironmentRow): boolean {
  const { name } = row.remote.metadata;
  const outcome = advanceStart(row, sentinelIn(name));
  if (outcome.kind === "failed") {
    return failEnvironment(site, row, outcome.reason);
  }
  if (outcome.kind === "up") {
    row.remote.status.phase = Phase.RUNNING;
    row.remote.metadata.lastStartedAt = timestamp(site);
    row.owed.update = false;
    if (row.owed.stopWhenUp) {
      row.owed.stopWhenUp = false;
      row.remote.spec.desiredPhase = Phase.STOPPED;
    }
    moved(site, site.world.environments, row);
    environmentStarted(site, row);
    return true;
  }
  moved(site, site.world.environments, row);
  return true;
}

function leaveRunning(site: Site, row: EnvironmentRow): boolean {
  const { spec, status, metadata } = row.remote;
  if (spec.desiredPhase !== Phase.RUNNING) {
    return enterStopping(site, row);
  }
  if (sentinelIn(metadata.name) === "fail-after-running") {
    return failEnvironment(site, row, "the machine was lost");
  }
  if (!row.owed.update) {
    return false;
  }
  status.phase = Phase.UPDATING;
  status.content.phase = ContentPhase.UPDATING;
  moved(site, site.world.environments, row);
  return true;
}

function finishUpdate(site: Site, row: EnvironmentRow): true {
  applySettings(row.remote);
  row.remote.status.phase = Phase.RUNNING;
  row.owed.update = false;
  moved(site, site.world.environments, row);
  return true;
}

function finishStop(site: Site, row: EnvironmentRow): true {
  const { status } = row.remote;
  status.phase = Phase.STOPPED;
  status.machine.phase = MachinePhase.STOPPED;
  if (status.devcontainer.phase === DevContainerPhase.RUNNING) {
    status.devcontainer.phase = DevContainerPhase.STOPPED;
  }
  moved(site, site.world.environments, row);
  environmentStopped(site, row);
  return true;
}

function leaveStopped(site: Site, row: EnvironmentRow): boolean {
  if (row.remote.spec.desiredPhase === Phase.DELETED) {
    return enterDeleting(site, row);
  }
  if (!row.owed.restart) {
    return false;
  }
  row.owed.restart = false;
  beginStart(site, row);
  return true;
}

function finishDelete(site: Site, row: EnvironmentRow): true {
  const { status } = row.remote;
  status.phase = Phase.DELETED;
  status.machine.phase = MachinePhase.DELETED;
  row.owed.linger = site.linger;
  moved(site, site.world.environments, row);
  return true;
}

function linger(site: Site, row: EnvironmentRow): true {
  row.owed.linger -= 1;
  if (row.owed.linger < 0) {
    removeEnvironment(site, row);
  }
  return true;
}
