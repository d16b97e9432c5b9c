import { remove } from "../change";
import type { Site } from "../site";
import type { EnvironmentRow, Table } from "../world";

/** Takes an environment and everything that lives in it out of the world. */
export function removeEnvironment(site: Site, row: EnvironmentRow): void {
  const { world } = site;
  removeInside(site, world.taskExecutions, row.id);
  removeInside(site, world.tasks, row.id);
  removeInside(site, world.services, row.id);
  for (const [token, key] of world.keys) {
    if (key.environmentId === row.id) {
      world.keys.delete(token);
    }
  }
  remove(site, world.environments, row);
}

function removeInside<Remote, Owed>(site: Site, table: Table<Remote, Owed>, environmentId: string): void {
  for (const inside of [...table.rows.values()]) {
    if (inside.owner.environmentId === environmentId) {
      remove(site, table, inside);
    }
  }
}
