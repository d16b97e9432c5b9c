import type { UniversalHandler } from "@connectrpc/connect/protocol";
import type { Admin } from "../admin";
import type { WatchDesk } from "../event/watch";
import type { Site } from "../site";

/** What a server needs of an emulator. */
export interface Served {
  readonly site: Site;
  readonly desk: WatchDesk;
  readonly admin: Admin;
  readonly handlers: readonly UniversalHandler[];
}
