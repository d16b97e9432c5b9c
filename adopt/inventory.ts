import type { Definition } from "../provider/model/definition";
import type { JsonObject } from "../provider/value/json";

/** What an account has, as far as its token may read it. */
export interface Inventory {
  /** The organization of the token. */
  readonly organizationId: string;
  /** What a program can manage, in an order that does not depend on when it is read. */
  readonly objects: readonly Adoptable[];
  readonly leftOut: readonly LeftOut[];
  readonly unread: readonly Unread[];
}

/** An object that an import takes. */
export interface Adoptable {
  readonly definition: Definition;
  /** The id that the file of an import has. */
  readonly importId: string;
  /** The id of the resource afterwards, by which inputs of others name it. */
  readonly id: string;
  /** What people call it; empty where it has no name. */
  readonly name: string;
  /** All inputs that an import reads of it. */
  readonly inputs: JsonObject;
  /** Paths of inputs, dotted, that no API gives back, such as the value of a secret. */
  readonly untold: readonly string[];
}

/** An object, or all objects of a kind, that no program of this one's can manage. */
export interface LeftOut {
  /** As programs name it: `Team`, or `experimental.Team`. */
  readonly kind: string;
  /** Missing where it is the whole kind, or all of it that the reason names. */
  readonly id?: string;
  readonly name?: string;
  /** A sentence. */
  readonly reason: string;
}

/** A list that could not be read to its end, so that something may be missing. */
export interface Unread {
  readonly kind: string;
  /** What was listed, such as the project whose secrets they are; missing for the organization's. */
  readonly scope?: string;
  /** What the API said, and what to do. */
  readonly reason: string;
}
