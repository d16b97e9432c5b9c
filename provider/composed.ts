import type { Definition } from "./definition";
import type { JsonObject } from "./json";
import type { Known } from "./keep-id";
import type { Made } from "./make";
import type { Operation } from "./operation";
import type { Clue } from "./remote";
import type { State } from "./state";
import type { Written } from "./write";

/**
 * The life of an object that the API does not know as one: it consists of several, and each step is made of the calls
 * that those have. Everything else, what is checked, compared, stored and shown, follows from the descriptors of the
 * calls that the definition declares for it.
 */
export interface Composed {
  /** Makes the object, or takes what an earlier attempt has left; refuses where that would take what is others'. */
  make(definition: Definition, operation: Operation, inputs: JsonObject): Promise<Made>;
  /** Reads the object; undefined where it is absent. */
  find(operation: Operation, id: string, clue: Clue): Promise<JsonObject | undefined>;
  /** Returns the ids of what the object consists of. */
  membersOf(object: JsonObject): readonly string[];
  /** Returns the object with those members only that inputs name; all of it where they name none. */
  reduced(object: JsonObject, inputs: JsonObject): JsonObject;
  /** Brings the object to new inputs; what is known of it is kept up to date on the way, so that no failure loses it. */
  write(definition: Definition, operation: Operation, inputs: JsonObject, known: Known): Promise<Written>;
  /** Deletes what belongs to the object, and returns when it is gone. */
  remove(definition: Definition, operation: Operation, id: string, state: State): Promise<void>;
}
