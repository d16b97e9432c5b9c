import { WarmPoolPhase as Phase } from "../../proto/gen/gitpod/v1/prebuild_pb";
import { linger, moved, renewed } from "../change";
import type { Site } from "../site";
import type { Row } from "../table";
import type { WholeWarmPool } from "../whole";
import type { ProjectRow } from "../world";

/** Moves a warm pool by one phase: to READY once there is a prebuild, to DELETED once that is asked for. */
export function stepWarmPool(site: Site, row: Row<WholeWarmPool, null>): boolean {
  const { spec, status, metadata } = row.remote;
  const snapshotId = site.world.projects.rows.get(metadata.projectId)?.owed.snapshotId;
  if (status.phase === Phase.DELETING) {
    status.phase = Phase.DELETED;
    linger(site, row);
  } else if (snapshotId !== undefined && spec.snapshotId !== snapshotId) {
    spec.snapshotId = snapshotId;
    status.phase = Phase.READY;
    status.runningInstances = spec.minSize ?? 0;
    status.stoppedInstances = (spec.maxSize ?? 0) - status.runningInstances;
  } else {
    return false;
  }
  moved(site, site.world.warmPools, row);
  return true;
}

/** Lets a warm pool go away with the next steps; asking again changes nothing. */
export function askToDelete(site: Site, row: Row<WholeWarmPool, null>): void {
  if (row.remote.spec.desiredPhase !== Phase.DELETED) {
    row.remote.spec.desiredPhase = Phase.DELETED;
    row.remote.status.phase = Phase.DELETING;
    renewed(site, site.world.warmPools, row);
  }
}

/** Lets the warm pools of a project go that has no prebuilds anymore. */
export function followPrebuilds(site: Site, { id, remote }: ProjectRow): void {
  if (remote.prebuildConfiguration?.enabled !== true) {
    for (const row of site.world.warmPools.rows.values()) {
      if (row.remote.metadata.projectId === id) {
        askToDelete(site, row);
      }
    }
  }
}
