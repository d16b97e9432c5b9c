import { changed } from "../change";
import type { Site } from "../site";
import type { ProjectRow } from "../world";

/** Collects the insights of a project once after they were turned on; false when there is nothing to collect. */
export function stepProject(site: Site, row: ProjectRow): boolean {
  const { owed } = row;
  if (owed.insights !== true || owed.collectedAt !== undefined) {
    return false;
  }
  owed.collectedAt = site.now();
  changed(site, site.world.projects, row);
  return true;
}
