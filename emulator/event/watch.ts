import { create } from "@bufbuild/protobuf";
import {
  type WatchEventsRequest,
  type WatchEventsResponse,
  WatchEventsResponseSchema,
} from "../../proto/gen/gitpod/v1/event_pb";
import type { Caller } from "../caller";
import type { Site } from "../site";
import type { Change } from "./feed";
import { scopeOf } from "./scope";
import { type Line, openStream, type StreamEnd } from "./stream";

/** The open streams, for whoever wants to end them. */
export interface WatchDesk {
  readonly open: Set<(end: StreamEnd) => void>;
  /** Tells each stream of events one of one's own, as it is. */
  readonly tell: Set<(event: WatchEventsResponse) => void>;
}

/** Makes a desk without open streams. */
export function createWatchDesk(): WatchDesk {
  return { open: new Set(), tell: new Set() };
}

/** Opens a stream of the changes from now on that the request asks for; refuses what is not allowed at once. */
export function openWatch(
  site: Site,
  desk: WatchDesk,
  caller: Caller,
  request: WatchEventsRequest,
  line: Line,
): AsyncGenerator<WatchEventsResponse> {
  const covers = scopeOf(site, caller, request);
  return openStream(line, (push, close) => {
    const unwatch = site.changes.watch((change) => {
      if (covers(change)) {
        push(eventOf(change));
      }
    });
    desk.open.add(close);
    desk.tell.add(push);
    return () => {
      unwatch();
      desk.open.delete(close);
      desk.tell.delete(push);
    };
  });
}

function eventOf({ operation, resourceType, resourceId }: Change): WatchEventsResponse {
  return create(WatchEventsResponseSchema, { operation, resourceType, resourceId });
}
