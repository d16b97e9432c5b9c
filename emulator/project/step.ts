import { ProjectPhase } from "../../proto/gen/gitpod/v1/project_pb";
import { remove } from "../change";
import type { Site } from "../site";
import type { ProjectRow } from "../world";

/** Brings a deleted project closer to its end; false when it is not deleted. */
export function stepProject(site: Site, row: ProjectRow): boolean {
  if (row.remote.desiredPhase !== ProjectPhase.DELETED) {
    return false;
  }
  row.owed.linger -= 1;
  if (row.owed.linger < 0) {
    remove(site, site.world.projects, row);
  }
  return true;
}
