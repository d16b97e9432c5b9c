import { createHash, randomBytes } from "node:crypto";
import type { Site } from "./site";
import type { Key } from "./world";

const hour = 3_600_000;

/** Issues a token that opens one side of an object, and returns its text this once; of the token, its hash is kept. */
export function issueKey(site: Site, objectId: string, opens: Key["opens"], lifetime = hour): string {
  const text = `${opens}-${randomBytes(24).toString("base64url")}`;
  site.world.keys.set(hashOf(text), { objectId, opens, until: site.now() + lifetime });
  return text;
}

/** The id of the object that a token opens one side of now; undefined where it opens none. */
export function openedBy(site: Site, text: string, opens: Key["opens"]): string | undefined {
  const key = site.world.keys.get(hashOf(text));
  return key?.opens === opens && key.until > site.now() ? key.objectId : undefined;
}

/** Lets a token open nothing anymore. */
export function spendKey(site: Site, text: string): void {
  site.world.keys.delete(hashOf(text));
}

/** Lets no token open an object anymore, or one side of it. */
export function dropKeys(site: Site, objectId: string, opens?: Key["opens"]): void {
  for (const [hash, key] of site.world.keys) {
    if (key.objectId === objectId && (opens === undefined || key.opens === opens)) {
      site.world.keys.delete(hash);
    }
  }
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
