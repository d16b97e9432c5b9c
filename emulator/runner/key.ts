import { precondition } from "../refusal";
import type { Site } from "../site";

/** Refuses a secret for a runner that has not come up yet, since it is encrypted with the key that the runner brings. */
export function requireKey({ world }: Site, runnerId: string): void {
  const key = world.runners.rows.get(runnerId)?.remote.status?.publicKey ?? new Uint8Array();
  if (key.byteLength === 0) {
    throw precondition("runner does not have a public key");
  }
}
