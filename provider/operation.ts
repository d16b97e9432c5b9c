import type { ApiError } from "./client/api-error";
import type { Client } from "./client/client";
import type { Definition } from "./definition";
import type { Voice } from "./voice";
import type { Clock } from "./wait";

/** What every operation on an object is given. */
export interface Operation {
  readonly client: Client;
  /** The resource that the operation is for. */
  readonly urn?: string | undefined;
  /** The state that the resource is in, where Pulumi tells: the same in all runs on it. */
  readonly stateId?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The longest time in seconds; the definition's own where it is missing. */
  readonly timeout?: number | undefined;
  /** Values that no text may show. */
  readonly secrets: readonly string[];
  readonly voice: Voice;
  readonly clock: Clock;
}

/** Makes a call and puts its failure into words. */
export async function attempt<T>(operation: Operation, attempted: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw explained(operation, attempted, error);
  }
}

/** Puts anything thrown into words, without secrets. */
export const explained = (operation: Operation, attempted: string, error: unknown): ApiError =>
  operation.client.explain(attempted, error, operation.secrets);

/** Returns the time at which an operation that begins now has taken too long. */
export const deadlineOf = (definition: Definition, operation: Operation, name: keyof Definition["timeouts"]): number =>
  operation.clock.now() + (operation.timeout ?? definition.timeouts[name]) * 1000;
