import { EnvironmentPhase as Phase } from "../../proto/gen/gitpod/v1/environment_pb";
import type { SwitchId } from "../assumption";
import { remove, renewed, respecified } from "../change";
import { precondition } from "../refusal";
import { type Site, timestamp } from "../site";
import type { EnvironmentRow } from "../world";
import { secretsFor } from "./secret";
import { beginStart } from "./start";
import { beginDelete, beginStop } from "./step";

/** Asks an environment to run; a stopped one is STARTING before the call returns. */
export function requestStart(site: Site, row: EnvironmentRow): void {
  const { spec, status, metadata } = row.remote;
  refuseDeleted(row);
  if (metadata.archivedAt !== undefined) {
    // `environment-start-archived`: Facts are silent on starting an archived environment; the emulator refuses it.
    throw precondition(`environment ${row.id} is archived`);
  }
  row.owed.stopWhenUp = false;
  if (status.phase === Phase.RUNNING && spec.desiredPhase === Phase.RUNNING) {
    refuseRepeated(site, row, "environment-start-running");
    return;
  }
  // `environment-start-while-stopping`: Facts are silent on a start while stopping; the emulator lets the stop finish
  // and starts then.
  const isLater = status.phase === Phase.STOPPED && site.otherwise("environment-start-at-once");
  row.owed.restart = status.phase === Phase.STOPPING || isLater;
  spec.desiredPhase = Phase.RUNNING;
  metadata.lastStartedAt = timestamp(site);
  spec.secrets = secretsFor(site, row);
  if (status.phase === Phase.STOPPED && !isLater) {
    beginStart(site, row);
    renewed(site, site.world.environments, row);
  } else {
    respecified(site, site.world.environments, row);
  }
}

/** Asks an environment to stop; one that has stopped stays as it is. */
export function requestStop(site: Site, row: EnvironmentRow, timeout = ""): void {
  const { spec, status } = row.remote;
  refuseDeleted(row);
  row.owed.stopWhenUp = false;
  row.owed.restart = false;
  if (status.phase === Phase.STOPPED) {
    refuseRepeated(site, row, "environment-stop-stopped");
    return;
  }
  spec.desiredPhase = Phase.STOPPED;
  if (status.phase === Phase.STOPPING) {
    respecified(site, site.world.environments, row);
  } else {
    status.machine.timeout = timeout;
    beginStop(row);
    renewed(site, site.world.environments, row);
  }
}

/** Asks an environment to go away, at once when forced; asking again changes nothing. */
export function requestDelete(site: Site, row: EnvironmentRow, force: boolean): void {
  const { spec, status } = row.remote;
  if (force) {
    remove(site, site.world.environments, row);
    return;
  }
  if (spec.desiredPhase === Phase.DELETED) {
    refuseRepeated(site, row, "environment-delete-again");
    return;
  }
  row.owed.stopWhenUp = false;
  row.owed.restart = false;
  spec.desiredPhase = Phase.DELETED;
  if (status.phase === Phase.STOPPING) {
    respecified(site, site.world.environments, row);
    return;
  }
  if (status.phase === Phase.STOPPED) {
    beginDelete(row);
  } else {
    beginStop(row);
  }
  renewed(site, site.world.environments, row);
}

/** Refuses what an environment does or is already, where the platform may not let it pass. */
function refuseRepeated(site: Site, row: EnvironmentRow, id: SwitchId): void {
  if (site.otherwise(id)) {
    throw precondition(`environment ${row.id} is asked for what it does already`);
  }
}

/** Archives an environment that has stopped, or brings an archived one back. */
export function requestArchival(site: Site, row: EnvironmentRow, archived: boolean): void {
  const { metadata, status } = row.remote;
  refuseDeleted(row);
  if (archived && status.phase !== Phase.STOPPED) {
    // `environment-archive-running`: Facts only tell that stopped environments are archived; the emulator refuses
    // others.
    throw precondition(`environment ${row.id} is not stopped`);
  }
  if (archived === (metadata.archivedAt !== undefined)) {
    return;
  }
  if (archived) {
    metadata.archivedAt = timestamp(site);
  } else {
    delete metadata.archivedAt;
  }
  respecified(site, site.world.environments, row);
}

function refuseDeleted(row: EnvironmentRow): void {
  if (row.remote.spec.desiredPhase === Phase.DELETED) {
    throw precondition(`environment ${row.id} is being deleted`);
  }
}
