import type { DescMessage, DescMethodUnary, MessageShape } from "@bufbuild/protobuf";
import type { Code } from "@connectrpc/connect";
import type { Client } from "../provider/client/client";
import type { Definition } from "../provider/model/definition";
import type { JsonObject } from "../provider/value/json";

/** What a probe works with. Whatever it makes here is written down before, and is removed after the probe. */
export interface Bench {
  /** The organization of the token; empty for Gitpod Classic. */
  readonly organizationId: string;
  /** The user or service account of the token. */
  readonly subjectId: string;
  /** The project that somebody has named for probes that need one. */
  readonly projectId?: string | undefined;
  /** The environment class that somebody has named for machines. */
  readonly environmentClassId?: string | undefined;
  /** The same for Gitpod Classic, where there is an account. */
  readonly classic?: Bench | undefined;
  /** Has the deadline and the patience of `call`, and ends with a Ctrl-C. */
  readonly client: Client;
  /** The same in the name of another token, such as one of a service account that the probe has made. */
  as(token: string): Bench;
  /** Makes a call that makes nothing. It has a deadline, and waits while the account is limited. */
  call<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    request: JsonObject | MessageShape<I>,
  ): Promise<MessageShape<O>>;
  /**
   * Makes a call that makes nothing, and returns how it was answered. What says nothing about an assumption is thrown,
   * such as a lack of rights or an internal error, unless that is awaited.
   */
  answer(method: DescMethodUnary, request: JsonObject, awaited?: Answer): Promise<Answer>;
  /** Returns a name for something that a probe makes: `pulumi-gitpod-probe-…`; a part joined by underscores if asked. */
  name(separator?: "-" | "_"): string;
  /**
   * Makes an object of a kind, and returns when a read finds it. The request lacks the name and the organization, which
   * the bench adds unless they are stated.
   */
  make(kind: Makeable, request?: JsonObject): Promise<Made>;
  /** Tries to make one and returns how that was answered; what came about in spite of all is removed. */
  tryToMake(kind: Makeable, request: JsonObject, awaited?: Answer): Promise<Answer>;
  /** Removes what was made, before the probe ends. */
  remove(made: Made): Promise<void>;
  /** Changes a setting, which these calls give back after the probe, unless the change was refused. */
  change(what: string, change: Undo, ...undo: Undo[]): Promise<void>;
  /** Tries to change one, and returns how that was answered, as `answer` does. */
  tryToChange(what: string, change: Undo, ...undo: Undo[]): Promise<Answer>;
  /** Reads until it is so, or for some time (a minute if not stated); returns what was read last. */
  until<T>(read: () => Promise<T>, isSo: (read: T) => boolean, milliseconds?: number): Promise<T>;
  /** Lets time pass. */
  pause(milliseconds: number): Promise<void>;
  /** Milliseconds since the epoch. */
  now(): number;
}

/** How a call was answered: a code by its name, or `ok`. */
export type Answer = keyof typeof Code | "ok";

/** A kind of object that probes make. */
export interface Makeable extends Definition {
  /** Whether there may be one after a create that was refused. */
  readonly outlivesRefusal?: boolean;
}

/** Something that a probe has made. */
export interface Made {
  readonly id: string;
  readonly name: string;
  /** The object as the create answered it, as proto-JSON. */
  readonly object: JsonObject;
}

/** A call that changes something, or undoes it. */
export interface Undo {
  readonly method: DescMethodUnary;
  readonly request: JsonObject;
}
