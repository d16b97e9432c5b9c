import { createHash, randomUUID } from "node:crypto";
import { at, equal, type JsonObject } from "../value/json";
import { steps } from "../value/path";
import type { Definition } from "./definition";
import type { Operation } from "./operation";
import type { Seen, State } from "./state";

/**
 * The ids that the engine has named in this process. An object that the engine knows is never taken for one that an
 * interrupted run has left.
 */
export const named = new Set<string>();

/** The ids of objects that this process has made: nothing that lives in one of them is older than the process. */
export const made = new Set<string>();

/**
 * The ids whose new inputs agree to a loss. A replacement deletes by the stored inputs, which may be older than the
 * agreement.
 */
export const agreed = new Set<string>();

/** The ids of objects that have been brought to a phase in this process, and not been seen at rest since. */
export const started = new Set<string>();

/** Takes note of an object that the engine has named, and of the inputs that it shall have. */
export function takeNote(definition: Definition, id: string, news?: JsonObject): void {
  named.add(id);
  if (definition.guard && news && at(news, steps(definition.guard.unless)) === true) agreed.add(id);
}

/** An entry of the state that holds an object. */
export interface Holder {
  /** The resource that the program has for it. */
  readonly urn: string | undefined;
  /** Whether it is there since a create of this process has taken the object over. */
  readonly isNew: boolean;
}

/**
 * The entries of the state that hold an object, by its id. Two entries may hold one object: a create that takes over
 * what another entry names, such as the old half of a replacement or a resource under its former name, or an import of
 * that. Each entry is told from the others by what was seen of the object.
 */
const holders = new Map<string, Map<string, Holder>>();

/** Takes note of the entry of the state by which the engine names an object. */
export function hold(definition: Definition, id: string, { outputs, seen }: State, urn?: string): void {
  for (const held of definition.composed?.membersOf(outputs) ?? [id])
    holdersOf(held).set(entryOf(seen), { urn, isNew: false });
}

/** Takes note of objects that a create has taken over instead of making them; returns what tells its entry from others. */
export function takeOver({ urn }: Pick<Operation, "urn">, ids: readonly string[]): string {
  const token = randomUUID().slice(0, 8);
  for (const id of ids) holdersOf(id).set(token, { urn, isNew: true });
  return token;
}

/** Lets go of the entry that a deletion is about; returns another one that goes on holding the object. */
export function letGo(id: string, { seen }: Pick<State, "seen">): Holder | undefined {
  const others = holdersOf(id);
  others.delete(entryOf(seen));
  return [...others.values()].at(-1);
}

const entryOf = ({ takenOver }: Seen): string => takenOver ?? "";

/** Returns what tells an entry that has imported an object from an older one that holds it; the same in all runs. */
export const entryOfImport = (urn: string | undefined): Pick<Seen, "takenOver"> =>
  urn === undefined ? {} : { takenOver: createHash("sha256").update(urn).digest("hex").slice(0, 8) };

function holdersOf(id: string): Map<string, Holder> {
  const known = holders.get(id) ?? new Map<string, Holder>();
  holders.set(id, known);
  return known;
}

/** Creates that have left an object that is not ready, by the resource. */
const unready = new Map<string, { readonly id: string; readonly inputs: JsonObject }>();

/** Takes note of what a create has made that is not ready; Pulumi forgets its id where a hook asks for another try. */
export function takeUnready({ urn }: Pick<Operation, "urn">, id: string, inputs: JsonObject): void {
  if (urn !== undefined) unready.set(urn, { id, inputs });
}

/** Returns the id of what an earlier try of the same create has made in this process. */
export function madeUnready({ urn }: Pick<Operation, "urn">, inputs: JsonObject): string | undefined {
  const earlier = urn === undefined ? undefined : unready.get(urn);
  return earlier && equal(earlier.inputs, inputs) ? earlier.id : undefined;
}

/** Forgets all that: another run begins in the same process, and may not know what this one has made. */
export function forget(): void {
  for (const memory of [named, made, agreed, started, holders, unready]) memory.clear();
}
