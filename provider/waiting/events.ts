import { Code, ConnectError } from "@connectrpc/connect";
import type * as Events from "../../proto/gen/gitpod/v1/event_pb";
import type { Client } from "../client/client";
import { field } from "../model/descriptor";
import type { Enclosing } from "../model/phase";
import { type Clock, jittered } from "../value/clock";
import { lazily } from "../value/lazily";
import { perOwner } from "../value/per-owner";

/** The object whose changes a wait listens for. */
export interface Topic {
  readonly type: keyof typeof Events.ResourceType;
  readonly id: string;
  /** The object that it lives in, and the field that names that one: its events come in that scope only, if there is one. */
  readonly enclosing?: Pick<Enclosing, "id" | "field"> | undefined;
}

/** Who listens. */
export interface Listener {
  /** Is called when the object may have changed. */
  readonly hear: () => void;
  /** Says that there will be no events; one listener is told for all. */
  readonly inform: (line: string) => void;
}

/** Hints that an object may have changed. They have no content, are not replayed, and may be missing. */
export interface Hints {
  listen(topic: Topic, listener: Listener): Listening;
}

/** What a wait holds while it listens. */
export interface Listening {
  /** Whether events arrive, so that few reads are enough. */
  isHealthy(): boolean;
  close(): void;
}

/**
 * Returns the hints of the API. All waits of the process share one stream of events for each scope. A stream that ends
 * is opened again after growing pauses, and every wait reads again then, since nothing is replayed. Where the server has
 * no events or refuses them, one line says so, and waits read by the clock alone.
 */
export function hintsOf(client: Client, clock: Clock): Hints {
  const shared = sharedBy(client);
  const { streams } = shared;
  const refuse = ({ listeners }: Stream, reason: string): void => {
    const [first] = listeners;
    if (!shared.isRefused)
      first?.inform(`the server sends no events (${reason}); phases are read every few seconds instead`);
    shared.isRefused = true;
  };
  return {
    listen(topic, listener) {
      const scope = scopeOf(topic);
      const stream = streams.get(scope.key) ?? openStream(client, clock, scope, refuse);
      streams.set(scope.key, stream);
      const entry = { ...listener, id: topic.id, isDue: false };
      stream.listeners.add(entry);
      return {
        isHealthy: () => stream.state === "open",
        close() {
          stream.listeners.delete(entry);
          if (stream.listeners.size > 0 || streams.get(scope.key) !== stream) return;
          streams.delete(scope.key);
          stream.end.abort();
        },
      };
    },
  };
}

const sharedBy = perOwner((_: Client) => ({ streams: new Map<string, Stream>(), isRefused: false }));

interface Scope {
  readonly key: string;
  readonly request: { readonly [field: string]: string | boolean | { resourceType: string }[] };
}

/** Returns the scope in which events of an object come. That of an enclosing object takes no filter. */
function scopeOf({ type, enclosing }: Topic): Scope {
  if (enclosing && field(watchEvents().input, enclosing.field))
    return { key: enclosing.id, request: { [enclosing.field]: enclosing.id } };
  const resourceTypeFilters = [{ resourceType: `RESOURCE_TYPE_${type}` }];
  return { key: type, request: { organization: true, resourceTypeFilters } };
}

interface Stream {
  readonly listeners: Set<Entry>;
  readonly end: AbortController;
  /**
   * An open stream has brought an event; a presumed one has not failed yet. A server may begin its answer with the first
   * event only, and an answer that begins may still be a refusal.
   */
  state: "closed" | "presumed" | "open";
}

interface Entry extends Listener {
  readonly id: string;
  /** Whether the stream has changed its state since the last hint. */
  isDue: boolean;
}

type Refuse = (stream: Stream, reason: string) => void;

function openStream(client: Client, clock: Clock, scope: Scope, refuse: Refuse): Stream {
  const stream: Stream = { listeners: new Set(), end: new AbortController(), state: "closed" };
  void keepOpen(client, clock, scope, stream, refuse);
  return stream;
}

async function keepOpen(client: Client, clock: Clock, scope: Scope, stream: Stream, refuse: Refuse): Promise<void> {
  const { signal } = stream.end;
  for (let pause = firstPause; !signal.aborted; pause = Math.min(pause * 2, longestPause)) {
    const began = clock.now();
    const failure = await follow(client, clock, scope, stream).catch((error: unknown) => ConnectError.from(error));
    if (signal.aborted) return;
    turn(stream, "closed");
    if (failure && final.has(failure.code)) return refuse(stream, failure.rawMessage);
    if (clock.now() - began >= worthwhile) pause = firstPause;
    await clock.sleep(jittered(pause), signal).catch(() => undefined);
  }
}

/** Refusals that another attempt will not change. */
const final = new Set([Code.Unimplemented, Code.PermissionDenied, Code.InvalidArgument]);

/** Milliseconds between two attempts to open a stream. */
const firstPause = 250;
const longestPause = 32_000;

/** How long, in milliseconds, a stream has to live for the pauses to begin anew. */
const worthwhile = 10_000;

/** Milliseconds after which a stream that has not failed is presumed open, and within which an event replaces a hint. */
const grace = 1000;

async function follow(client: Client, clock: Clock, { request }: Scope, stream: Stream): Promise<undefined> {
  const ended = new AbortController();
  const either = AbortSignal.any([stream.end.signal, ended.signal]);
  const afterGrace = (act: () => void): void => {
    clock.sleep(grace, either).then(act, () => undefined);
  };
  afterGrace(() => {
    if (stream.state === "closed") turn(stream, "presumed");
  });
  try {
    for await (const event of client.stream(watchEvents(), request, {
      signal: stream.end.signal,
    })) {
      if (stream.state !== "open") {
        // Whoever hears an event now needs no other hint.
        turn(stream, "open", false);
        afterGrace(() => tellDue(stream));
      }
      for (const entry of stream.listeners) if (entry.id === event.resourceId) tell(entry);
    }
  } finally {
    ended.abort();
  }
}

/** Changes the state of a stream. Everybody reads then, since the stream tells nothing of what happened before. */
function turn(stream: Stream, state: Stream["state"], atOnce = true): void {
  if (stream.state === state) return;
  stream.state = state;
  for (const entry of stream.listeners) entry.isDue = true;
  if (atOnce) tellDue(stream);
}

function tellDue({ listeners }: Stream): void {
  for (const entry of listeners) if (entry.isDue) tell(entry);
}

function tell(entry: Entry): void {
  entry.isDue = false;
  entry.hear();
}

const watchEvents = () => events().EventService.method.watchEvents;

/** Loaded with the first wait. */
const events = lazily((): typeof Events => require("../../proto/gen/gitpod/v1/event_pb"));
