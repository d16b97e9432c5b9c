import type { ServiceImpl } from "@connectrpc/connect";
import type { EventService } from "../../proto/gen/gitpod/v1/event_pb";
import { callerOf } from "../caller";
import { openWatch, type WatchDesk } from "../event/watch";
import { cut } from "../fault/wire";
import type { Site } from "../site";

/** Answers the calls of the event service; the audit log is not emulated. */
export function eventService(site: Site, desk: WatchDesk): Partial<ServiceImpl<typeof EventService>> {
  return {
    watchEvents: (request, context) => {
      const hangUp = () => cut({ contextValues: context.values });
      return openWatch(site, desk, callerOf(context), request, { signal: context.signal, hangUp });
    },
  };
}
