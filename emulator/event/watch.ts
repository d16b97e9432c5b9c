import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import {
  type WatchEventsRequest,
  type WatchEventsResponse,
  WatchEventsResponseSchema,
} from "../../proto/gen/gitpod/v1/event_pb";
import type { Caller } from "../caller";
import type { Site } from "../site";
import type { Change } from "./feed";
import { scopeOf } from "./scope";

/** How a stream of events ends from the side of the server. */
export type StreamEnd = "clean" | "error" | "connection";

/** The open streams of events, for whoever wants to end them. */
export interface WatchDesk {
  readonly open: Set<(end: StreamEnd) => void>;
  /** Tells each stream an event of one's own, as it is. */
  readonly tell: Set<(event: WatchEventsResponse) => void>;
}

/** Makes a desk without open streams. */
export function createWatchDesk(): WatchDesk {
  return { open: new Set(), tell: new Set() };
}

/** The line that a stream of events runs over. */
export interface Line {
  readonly signal: AbortSignal;
  /** Cuts the connection and returns the error that stands for it. */
  readonly hangUp: () => ConnectError;
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
  const queue: WatchEventsResponse[] = [];
  let end: StreamEnd | undefined;
  let wake = () => {};
  const push = (event: WatchEventsResponse) => {
    queue.push(event);
    wake();
  };
  const close = (how: StreamEnd) => {
    end = how;
    wake();
  };
  const hear = (change: Change) => {
    if (covers(change)) {
      push(eventOf(change));
    }
  };
  const unwatch = site.changes.watch(hear);
  // A reader that has gone asks for no more, so that the generator itself would never come to its end.
  const onAbort = () => {
    close("clean");
    leave();
  };
  line.signal.addEventListener("abort", onAbort);
  desk.open.add(close);
  desk.tell.add(push);
  const leave = () => {
    unwatch();
    line.signal.removeEventListener("abort", onAbort);
    desk.open.delete(close);
    desk.tell.delete(push);
  };
  return stream();

  async function* stream(): AsyncGenerator<WatchEventsResponse> {
    try {
      while (true) {
        const event = queue.shift();
        if (event !== undefined) {
          yield event;
        } else if (line.signal.aborted || end === "clean") {
          return;
        } else if (end !== undefined) {
          throw end === "connection" ? line.hangUp() : new ConnectError("the stream has ended", Code.Unavailable);
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    } finally {
      leave();
    }
  }
}

function eventOf({ operation, resourceType, resourceId }: Change): WatchEventsResponse {
  return create(WatchEventsResponseSchema, { operation, resourceType, resourceId });
}
