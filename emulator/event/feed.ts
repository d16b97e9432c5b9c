import type { ResourceOperation, ResourceType } from "../../proto/gen/gitpod/v1/event_pb";
import type { Owner } from "../table";

/** One change of an object, as streams of events tell it. */
export interface Change {
  readonly operation: ResourceOperation;
  readonly resourceType: ResourceType;
  readonly resourceId: string;
  readonly owner: Owner;
}

/** Tells changes to whoever watches; what happened before the watch began is not told. */
export interface ChangeFeed {
  publish(change: Change): void;
  /** Calls the listener for each change until the returned function is called. */
  watch(listener: (change: Change) => void): () => void;
}

/** Makes a feed without watchers. */
export function createChangeFeed(): ChangeFeed {
  const listeners = new Set<(change: Change) => void>();
  return {
    publish: (change) => {
      for (const listener of [...listeners]) {
        listener(change);
      }
    },
    watch: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
