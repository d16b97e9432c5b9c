import { PrebuildPhase as Phase } from "../../proto/gen/gitpod/v1/prebuild_pb";
import { linger, moved, renewed } from "../change";
import { precondition } from "../refusal";
import { type Site, second } from "../site";
import { isStuck } from "../stuck";
import type { PrebuildRow, ProjectRow } from "../world";

/** Moves a prebuild by one phase; the name of its project can hold it or let it fail. */
export function stepPrebuild(site: Site, row: PrebuildRow): boolean {
  const { metadata, spec, status } = row.remote;
  const project = site.world.projects.rows.get(metadata.projectId);
  const name = project?.remote.metadata.name ?? "";
  const isFailing = status.phase === Phase.RUNNING && name.includes("fail");
  const leftover = spec.desiredPhase === Phase.DELETED ? Phase.DELETING : undefined;
  const next = isFailing ? Phase.FAILED : (following.get(status.phase) ?? leftover);
  if (next === undefined || isStuck(name, Phase[status.phase], "running")) {
    return false;
  }
  status.phase = next;
  if (isOver(next)) {
    status.completionTime = second(site);
  }
  if (next === Phase.FAILED) {
    status.failureMessage = "the image cannot be baked: its environment does not come up";
  }
  if (next === Phase.COMPLETED && project !== undefined) {
    status.snapshotCompletionPercentage = 100;
    project.owed.snapshotId = row.id;
  }
  if (next === Phase.DELETED) {
    linger(site, row);
  }
  moved(site, site.world.prebuilds, row);
  return true;
}

/** Whether a prebuild has ended, well or not. */
function isOver(phase: Phase): boolean {
  return phase === Phase.COMPLETED || phase === Phase.FAILED || phase === Phase.CANCELLED;
}

/** Whether a prebuild goes on, so that its log may grow. */
export function isPrebuilding(phase: Phase): boolean {
  return !isOver(phase) && phase !== Phase.DELETING && phase !== Phase.DELETED;
}

/** Lets a prebuild end early, for good or to be deleted; one that has ended already ends no other way. */
export function askToEnd(site: Site, row: PrebuildRow, wanted: Phase.CANCELLED | Phase.DELETED): void {
  const { spec, status } = row.remote;
  const isAsked = spec.desiredPhase === Phase.DELETED || spec.desiredPhase === wanted;
  if (isAsked || (wanted === Phase.CANCELLED && isOver(status.phase))) {
    return;
  }
  spec.desiredPhase = wanted;
  status.phase = isOver(status.phase) ? Phase.DELETING : Phase.CANCELLING;
  renewed(site, site.world.prebuilds, row);
}

/** The environment class that a prebuild is for, the first where none is wanted; refuses one without prebuilds. */
export function prebuiltClass({ id, remote }: ProjectRow, wanted: string): string {
  const { enabled = false, environmentClassIds = [] } = remote.prebuildConfiguration ?? {};
  const [first = ""] = enabled ? environmentClassIds : [];
  const chosen = wanted === "" ? first : wanted;
  if (!enabled || !environmentClassIds.includes(chosen)) {
    throw precondition(`project ${id} has no prebuilds for ${wanted === "" ? "any" : "this"} environment class`);
  }
  return chosen;
}

const following = new Map([
  [Phase.PENDING, Phase.STARTING],
  [Phase.STARTING, Phase.RUNNING],
  [Phase.RUNNING, Phase.STOPPING],
  [Phase.STOPPING, Phase.SNAPSHOTTING],
  [Phase.SNAPSHOTTING, Phase.COMPLETED],
  [Phase.CANCELLING, Phase.CANCELLED],
  [Phase.DELETING, Phase.DELETED],
]);
