import type { Mark } from "../../mapping/origin";
import type { Definition } from "../../model/definition";
import type { Operation } from "../../model/operation";
import type { JsonObject } from "../../value/json";
import type { Refusal } from "./refusal";

/** A create that is about to be made, or was. */
export interface CreateAttempt {
  readonly definition: Definition;
  readonly operation: Operation;
  readonly inputs: JsonObject;
  readonly mark: Mark | undefined;
  /** Milliseconds since the epoch, by the clock of this machine. */
  readonly began: number;
}

/** How objects of a kind are found again that a create has made although its answer was lost. */
export interface Finder {
  /** Before the call: returns what an interrupted run has left of the same create. Throws where that is not certain. */
  before?(attempt: CreateAttempt): Promise<JsonObject | undefined>;
  /** After a call without an answer: returns what it has made. */
  lost(attempt: CreateAttempt): Promise<JsonObject | undefined>;
  /**
   * After an answer: returns what an interrupted run had left and the look before the call did not show, since reads may
   * lag behind writes; or why the object that was made must not stay beside that.
   */
  unseen?(attempt: CreateAttempt, made: JsonObject): Promise<JsonObject | Refusal | undefined>;
}

/** Whether the program says that another object is made although there is one that may be it. */
export const wantsAnother = ({ inputs }: CreateAttempt): boolean => inputs.adopt === "";
