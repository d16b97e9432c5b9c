import { create } from "@bufbuild/protobuf";
import {
  EnvironmentStatus_ContentPhase as ContentPhase,
  EnvironmentStatus_DevContainer_Phase as DevContainerPhase,
  EnvironmentActivitySignalSchema,
  EnvironmentStatus_Machine_Phase as MachinePhase,
  EnvironmentPhase as Phase,
} from "../../proto/gen/gitpod/v1/environment_pb";
import { environmentStarted, environmentStopped } from "../automation/follow";
import { linger, moved, remove } from "../change";
import { type Site, timestamp } from "../site";
import type { EnvironmentRow } from "../world";
import { sentinelIn } from "./sentinel";
import { acknowledge, advanceStart, applySettings, beginStart } from "./start";

/** Moves an environment by one phase or sub-phase; false when it owes nothing. */
export function stepEnvironment(site: Site, row: EnvironmentRow): boolean {
  const { status, metadata } = row.remote;
  const wanted = wantedPhase(row);
  const sentinel = sentinelIn(metadata.name);
  switch (status.phase) {
    case Phase.CREATING:
      return sentinel === "stuck-creating" && wanted === Phase.RUNNING ? false : leaveCreating(site, row);
    case Phase.STARTING:
      if (wanted !== Phase.RUNNING) {
        return enter(site, row, beginStop);
      }
      return sentinel === "stuck-starting" ? false : advanceOrRun(site, row);
    case Phase.RUNNING:
      return leaveRunning(site, row);
    case Phase.UPDATING:
      return wanted === Phase.RUNNING ? finishUpdate(site, row) : enter(site, row, beginStop);
    case Phase.STOPPING:
      return sentinel === "stuck-stopping" ? false : finishStop(site, row);
    case Phase.STOPPED:
      return leaveStopped(site, row);
    case Phase.DELETING:
      return sentinel === "stuck-deleting" ? false : finishDelete(site, row);
    default:
      return false;
  }
}

/** The phase that an environment goes to next; one that is asked for as stopped comes up first. */
const wantedPhase = ({ remote, owed }: EnvironmentRow): Phase =>
  owed.stopWhenUp ? Phase.RUNNING : remote.spec.desiredPhase;

/** Lets an environment fail: the reason is told, and it stops. */
export function failEnvironment(site: Site, row: EnvironmentRow, ...reasons: string[]): boolean {
  row.remote.status.failureMessage = reasons;
  return enter(site, row, beginStop);
}

/** Puts an environment into STOPPING. */
export function beginStop({ remote }: EnvironmentRow): void {
  remote.status.phase = Phase.STOPPING;
  remote.status.machine.phase = MachinePhase.STOPPING;
}

/** Puts an environment into DELETING. */
export function beginDelete({ remote }: EnvironmentRow): void {
  remote.status.phase = Phase.DELETING;
  remote.status.machine.phase = MachinePhase.DELETING;
}

function enter(site: Site, row: EnvironmentRow, begin: (row: EnvironmentRow) => void): true {
  begin(row);
  moved(site, site.world.environments, row);
  return true;
}

function leaveCreating(site: Site, row: EnvironmentRow): boolean {
  if (wantedPhase(row) !== Phase.RUNNING) {
    return enter(site, row, beginStop);
  }
  if (sentinelIn(row.remote.metadata.name) === "fail-create") {
    return failEnvironment(site, row, "cannot allocate a machine: the runner has no capacity left");
  }
  return enter(site, row, () => beginStart(site, row));
}

function reportActivity(site: Site, { remote: { status } }: EnvironmentRow): void {
  status.activitySignal = create(EnvironmentActivitySignalSchema, { source: "runner", timestamp: timestamp(site) });
}

function advanceOrRun(site: Site, row: EnvironmentRow): boolean {
  const { name } = row.remote.metadata;
  const outcome = advanceStart(row, sentinelIn(name));
  if (outcome.kind === "failed") {
    return failEnvironment(site, row, outcome.reason);
  }
  if (outcome.kind === "up") {
    row.remote.status.phase = Phase.RUNNING;
    row.owed.stopWhenUp = false;
    row.remote.status.failureMessage = [];
    if (site.otherwise("environment-unopened-inactive")) {
      reportActivity(site, row);
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
    return enter(site, row, beginStop);
  }
  if (sentinelIn(metadata.name) === "fail-after-running") {
    return failEnvironment(site, row, "the machine was lost");
  }
  if (!row.owed.update) {
    return confirmSettings(site, row);
  }
  status.phase = Phase.UPDATING;
  status.content.phase = ContentPhase.UPDATING;
  moved(site, site.world.environments, row);
  return true;
}

function confirmSettings(site: Site, row: EnvironmentRow): boolean {
  const { spec, status } = row.remote;
  if (site.otherwise("environment-update-confirmed")) {
    return false;
  }
  return status.runnerAck?.specVersion !== spec.specVersion && enter(site, row, () => acknowledge(row.remote));
}

function finishUpdate(site: Site, row: EnvironmentRow): true {
  applySettings(site, row.remote);
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
    return enter(site, row, beginDelete);
  }
  if (!row.owed.restart) {
    return false;
  }
  row.owed.restart = false;
  return enter(site, row, () => beginStart(site, row));
}

function finishDelete(site: Site, row: EnvironmentRow): true {
  const { status } = row.remote;
  status.phase = Phase.DELETED;
  status.machine.phase = MachinePhase.DELETED;
  if (site.otherwise("environment-deleted-visible")) {
    remove(site, site.world.environments, row);
    return true;
  }
  linger(site, row);
  moved(site, site.world.environments, row);
  return true;
}
