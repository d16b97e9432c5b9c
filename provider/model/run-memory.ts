import { createHash, randomUUID } from "node:crypto";
import { at, equal, type JsonObject } from "../value/json";
import { steps } from "../value/path";
import { type InModule, kindName } from "./module";
import type { Seen, State } from "./state";

/** What a run knows of itself. The adapter makes it when the run begins, and gives it to every operation. */
export interface RunMemory {
  /**
   * The ids that the engine has named. An object that the engine knows is never taken for one that an interrupted run
   * has left.
   */
  readonly named: Set<string>;
  /** The ids of objects that this run has made: nothing that lives in one of them is older than the run. */
  readonly made: Set<string>;
  /**
   * The ids whose new inputs agree to a loss. A replacement deletes by the stored inputs, which may be older than the
   * agreement.
   */
  readonly agreed: Set<string>;
  /** The ids of objects that this run has brought to a phase, and not seen at rest since. */
  readonly started: Set<string>;
  /**
   * The entries of the state that hold an object, by its id, or by its kind and its address. Two entries may hold one
   * object: a create that takes over what another entry names, such as the old half of a replacement or a resource under
   * its former name, or an import of that. What was seen of the object tells each entry from the others.
   */
  readonly holders: Map<string, Map<string, Holder>>;
  /** What this run deletes, or has deleted, that rights come from: the kind and the name of each. */
  readonly revoked: Set<string>;
  /** Creates that have left an object that is not ready, by the resource. */
  readonly unready: Map<string, Unready>;
}

/** What a create has made that is not ready, with the secrets that were told of it. */
interface Unready {
  readonly id: string;
  readonly inputs: JsonObject;
  readonly told: JsonObject;
}

/** An entry of the state that holds an object. */
export interface Holder {
  /** The resource that the program has for it. */
  readonly urn: string | undefined;
  /** Whether it is there since a create of this run has taken the object over. */
  readonly isNew: boolean;
  /** What the program states there. */
  readonly inputs: JsonObject;
}

/** Returns the memory of a run that begins. */
export const createMemory = (): RunMemory => ({
  named: new Set(),
  made: new Set(),
  agreed: new Set(),
  started: new Set(),
  holders: new Map(),
  revoked: new Set(),
  unready: new Map(),
});

/** An operation of a run, on a resource where Pulumi tells which. */
interface InRun {
  readonly memory: RunMemory;
  readonly urn?: string | undefined;
}

/** Takes note of an object that the engine has named, and of the inputs that it shall have. */
export function takeNote(
  { named, agreed }: RunMemory,
  { guard }: { readonly guard?: { readonly unless: string } },
  id: string,
  news?: JsonObject,
): void {
  named.add(id);
  if (guard && news && at(news, steps(guard.unless)) === true) agreed.add(id);
}

/** What of a definition says how objects of the kind are named. */
interface Named extends InModule {
  readonly address?: readonly string[];
}

/** Takes note of the entry of the state by which the engine names objects. */
export function hold(
  run: InRun,
  definition: Named,
  ids: readonly string[],
  { seen, inputs }: Pick<State, "seen" | "inputs">,
): void {
  for (const id of ids) holdersOf(run, definition, id).set(entryOf(seen), { urn: run.urn, isNew: false, inputs });
}

/** Takes note of objects that a create has taken over instead of making them; returns what tells its entry from others. */
export function takeOver(run: InRun, definition: Named, ids: readonly string[], inputs: JsonObject): string {
  const token = randomUUID().slice(0, 8);
  for (const id of ids) holdersOf(run, definition, id).set(token, { urn: run.urn, isNew: true, inputs });
  return token;
}

/** Lets go of the entry that a deletion is about; returns those that go on holding the object. */
export function letGo(run: InRun, definition: Named, id: string, { seen }: Pick<State, "seen">): Holder[] {
  const others = holdersOf(run, definition, id);
  others.delete(entryOf(seen));
  return [...others.values()];
}

const entryOf = ({ takenOver }: Seen): string => takenOver ?? "";

/** Returns what tells an entry that has imported an object from an older one that holds it; the same in all runs. */
export const entryOfImport = (urn: string | undefined): Pick<Seen, "takenOver"> =>
  urn === undefined ? {} : { takenOver: createHash("sha256").update(urn).digest("hex").slice(0, 8) };

/** An address may be the id of something else, such as that of the team that a budget is for. */
function holdersOf({ memory: { holders } }: InRun, definition: Named, id: string): Map<string, Holder> {
  const key = definition.address ? `${kindName(definition)} ${id}` : id;
  const known = holders.get(key) ?? new Map<string, Holder>();
  holders.set(key, known);
  return known;
}

/** Takes note of what a create has made that is not ready; Pulumi forgets its id where a hook asks for another try. */
export function takeUnready({ memory, urn }: InRun, made: Unready): void {
  if (urn !== undefined) memory.unready.set(urn, made);
}

/** Returns what an earlier try of the same create has made in this run. */
export function madeUnready({ memory, urn }: InRun, inputs: JsonObject): Unready | undefined {
  const earlier = urn === undefined ? undefined : memory.unready.get(urn);
  return earlier && equal(earlier.inputs, inputs) ? earlier : undefined;
}
