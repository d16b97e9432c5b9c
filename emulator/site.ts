import { type Timestamp, timestampFromMs } from "@bufbuild/protobuf/wkt";
import type { SwitchId } from "./assumption";
import type { ChangeFeed } from "./event/feed";
import type { World } from "./world";

/** What the parts of one emulator share. */
export interface Site {
  readonly world: World;
  readonly changes: ChangeFeed;
  /** The time in milliseconds since the epoch. */
  readonly now: () => number;
  readonly newId: () => string;
  /** Whether an assumption is switched, so that the emulator does what the platform may do instead. */
  readonly otherwise: (id: SwitchId) => boolean;
  /** How many steps a deleted object stays visible. */
  readonly linger: number;
  /** Where the emulator answers; part of the URLs that it hands out. */
  origin: string;
}

/** The time as the API writes it. */
export function timestamp(site: Site): Timestamp {
  return timestampFromMs(site.now());
}

/** The time as the API writes it for what governs an organization: to the second. */
export function second(site: Site): Timestamp {
  return timestampFromMs(Math.floor(site.now() / 1000) * 1000);
}
