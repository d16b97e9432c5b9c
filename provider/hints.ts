import { Code, ConnectError } from "@connectrpc/connect";
import { EventService, type ResourceType } from "../proto/gen/gitpod/v1/event_pb";
import type { Client } from "./client/client";
import type { Clock } from "./wait";

/** What a wait listens for: changes of one object. */
export interface Topic {
  readonly type: keyof typeof ResourceType;
  readonly id: string;
  /** The environment that the object lives in; its events are told in the scope of that environment only. */
  readonly environmentId?: string | undefined;
}

/** Hints that an object may have changed: without content, without replay, and never complete. */
export interface Hints {
  /** Calls back when it is worthwhile to read again. */
  listen(topic: Topic, hear: () => void): Listening;
}

/** A wait that listens. */
export interface Listening {
  /** Whether events are expected to arrive, so that reading now and then is enough. */
  isHealthy(): boolean;
  close(): void;
}

/**
 * Returns the hints of the API: one stream of events for each scope, shared by all waits of the process. A stream that
 * ends is opened again with growing pauses, and everybody reads again then, since nothing is replayed. A server that
 * has no events or refuses them is told of once; waits then read by the clock alone.
 */
export function hintsOf(client: Client, clock: Clock, inform: (line: string) => void): Hints {
  const known = hints.get(client);
  if (known) return known;
  const streams = new Map<string, Stream>();
  let refused = false;
  const made: Hints = {
    listen(topic, hear) {
      const scope = scopeOf(topic);
      const stream =
        streams.get(scope.key) ??
        openStream(client, clock, scope, (reason) => {
          if (!refused) inform(`the server sends no events (${reason}); phases are read every few seconds instead`);
          refused = true;
        });
      streams.set(scope.key, stream);
      const listener = { id: topic.id, hear };
      stream.listeners.add(listener);
      return {
        isHealthy: () => stream.isOpen,
        close() {
          stream.listeners.delete(listener);
          if (stream.listeners.size > 0 || streams.get(scope.key) !== stream) return;
          streams.delete(scope.key);
          stream.end.abort();
        },
      };
    },
  };
  hints.set(client, made);
  return made;
}

const hints = new WeakMap<Client, Hints>();

interface Scope {
  readonly key: string;
  readonly request: { readonly [field: string]: string | boolean | { resourceType: string }[] };
}

/** Events of services, tasks and executions come in the scope of their environment only, which takes no filter. */
function scopeOf({ type, environmentId }: Topic): Scope {
  if (environmentId !== undefined) return { key: environmentId, request: { environmentId } };
  const resourceTypeFilters = [{ resourceType: `RESOURCE_TYPE_${type}` }];
  return { key: type, request: { organization: true, resourceTypeFilters } };
}

interface Stream {
  readonly listeners: Set<{ readonly id: string; readonly hear: () => void }>;
  readonly end: AbortController;
  isOpen: boolean;
}

function openStream(client: Client, clock: Clock, scope: Scope, refuse: (reason: string) => void): Stream {
  const stream: Stream = { listeners: new Set(), end: new AbortController(), isOpen: false };
  void keepOpen(client, clock, scope, stream, refuse);
  return stream;
}

async function keepOpen(
  client: Client,
  clock: Clock,
  scope: Scope,
  stream: Stream,
  refuse: (reason: string) => void,
): Promise<void> {
  const { signal } = stream.end;
  for (let pause = firstPause; !signal.aborted; pause = Math.min(pause * 2, longestPause)) {
    const began = clock.now();
    const failure = await follow(client, clock, scope, stream).catch((error: unknown) => ConnectError.from(error));
    if (signal.aborted) return;
    turn(stream, false);
    if (failure && final.has(failure.code)) return refuse(failure.rawMessage);
    if (clock.now() - began > longestPause) pause = firstPause;
    await clock.sleep(pause * (0.8 + 0.4 * Math.random()), signal).catch(() => undefined);
  }
}

/** Answers that another attempt will not change. */
const final = new Set([Code.Unimplemented, Code.PermissionDenied, Code.InvalidArgument, Code.NotFound]);

/** Milliseconds between two attempts to open a stream. */
const firstPause = 250;
const longestPause = 32_000;

/** Milliseconds after which a stream that has not failed counts as open; servers may answer with the first event only. */
const grace = 1000;

async function follow(client: Client, clock: Clock, { request }: Scope, stream: Stream): Promise<undefined> {
  const quiet = new AbortController();
  const either = AbortSignal.any([stream.end.signal, quiet.signal]);
  const onOpen = (): void => {
    quiet.abort();
    turn(stream, true);
  };
  clock.sleep(grace, either).then(onOpen, () => undefined);
  try {
    const events = client.stream(EventService.method.watchEvents, request, { signal: stream.end.signal, onOpen });
    for await (const event of events) for (const { id, hear } of stream.listeners) if (id === event.resourceId) hear();
  } finally {
    quiet.abort();
  }
}

/** Nothing is told of what happened while a stream was not open, so that everybody reads at each turn. */
function turn(stream: Stream, isOpen: boolean): void {
  if (stream.isOpen === isOpen) return;
  stream.isOpen = isOpen;
  for (const { hear } of stream.listeners) hear();
}
