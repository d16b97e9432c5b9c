import type { Client } from "../client/client";
import type { ApiError } from "../client/error/api-error";
import { type Clock, systemClock } from "../value/clock";
import { lostRight } from "./revoked";
import type { RunMemory } from "./run-memory";

/** What every operation on an object is given. */
export interface Operation {
  readonly client: Client;
  readonly memory: RunMemory;
  /** The resource that the operation is for. */
  readonly urn?: string | undefined;
  /** The state that the resource is in, where Pulumi tells: the same in all runs on it. */
  readonly stateId?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The longest time in seconds; the definition's own where it is missing. */
  readonly timeout?: number | undefined;
  /** The end of the operation that this one is a part of. */
  readonly deadline?: Deadline | undefined;
  /** Values that no text may show; what is told on the way is added. */
  readonly secrets: string[];
  readonly voice: Voice;
  readonly clock: Clock;
}

/** How an operation speaks on the row of its resource. */
export interface Voice {
  /** Shows where the operation is, in place of what was shown before. */
  readonly progress: (line: string) => void;
  /** Milliseconds between two lines of progress while nothing happens. */
  readonly every: number;
  /** Says something that stays. */
  readonly inform: (line: string) => void;
  readonly warn: (line: string) => void;
}

/** Returns what an operation is given that is about no resource, so that it has no row to speak on. */
export const quiet = (): Pick<Operation, "secrets" | "voice" | "clock"> => ({
  secrets: [],
  voice: { progress() {}, every: Number.POSITIVE_INFINITY, inform() {}, warn() {} },
  clock: systemClock,
});

/** Waits for a call that is under way, and puts its failure into words. */
export async function attempt<T>(operation: Operation, attempted: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw explained(operation, attempted, error);
  }
}

/** Puts anything thrown into words, without secrets. */
export const explained = (operation: Operation, attempted: string, error: unknown): ApiError =>
  operation.client.explain(attempted, error, operation.secrets, lostRight(operation.memory));

/** When an operation has taken too long. */
export interface Deadline {
  /** Milliseconds since the epoch. */
  readonly began: number;
  readonly at: number;
  /** The time between the two as it was set. */
  readonly seconds: number;
}

/** Returns when an operation that begins now has taken too long, which is after so many seconds unless it was set. */
export function deadlineOf({ clock, timeout, deadline }: Operation, usual: number): Deadline {
  const began = clock.now();
  const seconds = timeout ?? usual;
  return deadline ?? { began, at: began + seconds * 1000, seconds };
}
