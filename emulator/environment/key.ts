import { randomBytes } from "node:crypto";
import type { Site } from "../site";
import type { EnvironmentKey, EnvironmentRow } from "../world";

const hour = 3_600_000;

/** Issues a token that opens one side of an environment for an hour. */
export function issueKey(site: Site, row: EnvironmentRow, opens: EnvironmentKey["opens"]): string {
  const token = `${opens}-${randomBytes(16).toString("hex")}`;
  site.world.keys.set(token, { environmentId: row.id, opens, until: site.now() + hour });
  return token;
}

/** Whether a token opens one side of an environment now. */
export function isOpenedBy(site: Site, token: string, environmentId: string, opens: EnvironmentKey["opens"]): boolean {
  const key = site.world.keys.get(token);
  return key?.environmentId === environmentId && key.opens === opens && key.until > site.now();
}
