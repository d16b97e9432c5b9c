import type { Client } from "./client/client";
import type { Definition } from "./definition";
import { at, type JsonObject } from "./json";
import type { Operation } from "./operation";
import { steps } from "./path";

/**
 * The ids that the engine has named in this process. An object that the engine knows is never taken for one that an
 * interrupted run has left.
 */
export const named = new Set<string>();

/**
 * The ids whose new inputs agree to a loss. A replacement deletes by the stored inputs, which may be older than the
 * agreement.
 */
export const agreed = new Set<string>();

/** The ids of objects that have been brought to a phase in this process, and not been seen at rest since. */
export const started = new Set<string>();

/**
 * Takes note of an object that a create has taken over instead of making one. The engine may know it by another entry of
 * the state, which it is going to delete when all is made: a replaced one, or one that the program no longer has.
 */
export const takeOver = ({ client }: Pick<Operation, "client">, id: string): unknown =>
  takenOver.set(client, (takenOver.get(client) ?? new Set()).add(id));

/** Whether a create of this run has taken an object over, so that it lives on whatever other entry of the state goes. */
export const isTakenOver = ({ client }: Pick<Operation, "client">, id: string): boolean =>
  takenOver.get(client)?.has(id) ?? false;

const takenOver = new WeakMap<Client, Set<string>>();

/** Takes note of an object that the engine has named, and of the inputs that it shall have. */
export function takeNote(definition: Definition, id: string, news?: JsonObject): void {
  named.add(id);
  if (definition.guard && news && at(news, steps(definition.guard.unless)) === true) agreed.add(id);
}

/** Forgets all that: another run begins in the same process, and may not know what this one has made. */
export function forget(): void {
  for (const ids of [named, agreed, started]) ids.clear();
}
