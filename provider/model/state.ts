import { type Json, type JsonObject, withAt } from "../value/json";
import { steps } from "../value/path";

/** What is stored of an object. */
export interface State {
  /** The inputs as they were last written or read. */
  readonly inputs: JsonObject;
  /** The object as the server last gave it. */
  readonly outputs: JsonObject;
  readonly seen: Seen;
}

/** What was learned about an object and cannot be read again. */
export interface Seen {
  readonly organizationId?: string;
  readonly subjectId?: string;
  /** When the object was made, where it does not say so itself. */
  readonly since?: string;
  /** Whether the object has come up once. */
  readonly ready?: boolean;
  /**
   * Whether the enclosing object was at rest, so that the object's own phase tells nothing. The key keeps its name, since
   * states have it.
   */
  readonly hostRests?: boolean;
  /** Whether the object was imported, so that its inputs may be there although nobody has stated them yet. */
  readonly imported?: boolean;
  /** Tells this entry of the state from an older one that has named the same object, which this one has taken over. */
  readonly takenOver?: string;
  /** Whether a create or an update has failed on its way, so that the next one goes on from there. */
  readonly unfinished?: boolean;
  /** The phase to go back to, left for the time of a change. */
  readonly wasIn?: string;
  /** What was there before each unit was first written, by its name; null for nothing. */
  readonly before?: JsonObject;
  /** The values that each of these may have from this entry of the state: more than one while a write is on its way. */
  readonly ours?: Readonly<Record<string, Json[]>>;
  /** Whether nothing has told yet what is told once, so that the next update has it told. */
  readonly untold?: boolean;
}

/** Returns what is kept of the values of units, each as inputs: what was there before, and ours. */
export const keptIn = ({ before = {}, ours = {} }: Seen): JsonObject[] => [
  ...Object.entries(before).map(([name, value]) => withAt({}, steps(name), value)),
  ...Object.entries(ours).flatMap(([name, values]) => values.map((value) => withAt({}, steps(name), value))),
];

/** What is known of an object beside its id: inputs, which name the scope of kinds without a get, and how it was. */
export interface Clue {
  readonly inputs?: JsonObject | undefined;
  readonly remote?: JsonObject | undefined;
}

/** What is known of an object while it is worked on. */
export interface Known {
  inputs: JsonObject;
  remote: JsonObject;
  seen: Seen;
  /** The secrets that were told once, by the names of their outputs. */
  told: JsonObject;
}

/** What became of a write. */
export interface Written {
  /** How many calls it took. */
  readonly calls: number;
  /** The object as it is then, where the answer to the last call carries it. */
  readonly remote?: JsonObject;
}

/** An object that a create has made, now or in an earlier attempt. */
export interface Made {
  readonly id: string;
  readonly remote: JsonObject;
  /** Whether an interrupted run has left it, so that it may be older and changed. */
  readonly isEarlier: boolean;
  /** Whether the answer tells less than the object has, so that it is read once more. */
  readonly isPartial?: boolean;
  /** When it was made, where it does not say so itself. */
  readonly since?: string;
  /** What tells the entry of the state from an older one, where the object was taken over. */
  readonly takenOver?: string;
  /** The secrets that the answer has told once, by the names of their outputs. */
  readonly told?: JsonObject;
  /** What the create failed with, although the object is there. */
  readonly failure?: unknown;
}

/** Objects that there are, as many as the API names at all. */
export interface Listing {
  readonly objects: readonly JsonObject[];
  /** Whether there are no others. */
  readonly isWhole: boolean;
}
