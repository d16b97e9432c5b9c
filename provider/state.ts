import type { JsonObject } from "./json";

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
  /** Whether the object has come up once. */
  readonly ready?: boolean;
  /** Whether the environment in which the object lives did not run, so that its phase tells nothing. */
  readonly hostRests?: boolean;
  /** Whether the object was imported, so that its inputs may be there although nobody has stated them yet. */
  readonly imported?: boolean;
  /** Tells this entry of the state from an older one that has named the same object, which this one has taken over. */
  readonly takenOver?: string;
  /** Whether a create or an update has failed on its way, so that the next one goes on from there. */
  readonly unfinished?: boolean;
  /** The phase to go back to, left for the time of a change. */
  readonly wasIn?: string;
}
