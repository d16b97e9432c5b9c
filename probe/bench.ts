import type { DescMessage, DescMethodUnary, MessageShape } from "@bufbuild/protobuf";
import type { Code } from "@connectrpc/connect";
import type { Client } from "../provider/client/client";
import type { Definition } from "../provider/model/definition";
import type { JsonObject } from "../provider/value/json";

/** What a probe works with. Whatever it makes here is written down before, and is removed after the probe. */
export interface Bench {
  /** The organization and the account of the token. */
  readonly organizationId: string;
  readonly subjectId: string;
  /** The project that somebody has named for probes that need one; none otherwise. */
  readonly projectId?: string | undefined;
  /** The environment class that somebody has named for machines; none otherwise. */
  readonly environmentClassId?: string | undefined;
  /** The account of Gitpod Classic, where there is one. */
  readonly classic?: Bench | undefined;
  /** For calls of the provider; they have neither the patience nor the deadline of `call`. */
  readonly client: Client;
  /** Makes a call, which has a deadline; waits while the account is limited. Rejects with a ConnectError. */
  call<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    request: JsonObject | MessageShape<I>,
  ): Promise<MessageShape<O>>;
  /** Makes a call, and returns the code with which it was refused; `ok` where it was not. Failures on the way are thrown. */
  answer(method: DescMethodUnary, request: JsonObject): Promise<keyof typeof Code | "ok">;
  /** Returns a name for something that a probe makes: `pulumi-gitpod-probe-…`. */
  name(): string;
  /** Makes an object of a kind. The request needs everything but the name, which the bench gives unless it is stated. */
  make(kind: Definition, request?: JsonObject): Promise<Made>;
  /** Removes what was made, before the probe ends. */
  remove(made: Made): Promise<void>;
  /** Writes down how a setting that is there goes back, before a probe changes it. */
  giveBack(what: string, undo: Undo): void;
  /** Reads until it is so, or for some time; returns what was read last. */
  until<T>(read: () => Promise<T>, isSo: (read: T) => boolean, milliseconds?: number): Promise<T>;
  /** Lets time pass. */
  pause(milliseconds: number): Promise<void>;
  /** Milliseconds since the epoch. */
  now(): number;
}

/** Something that a probe has made. */
export interface Made {
  readonly id: string;
  readonly name: string;
  /** The object as the create answered it, as proto-JSON. */
  readonly object: JsonObject;
}

/** A call that undoes something. */
export interface Undo {
  readonly method: DescMethodUnary;
  readonly request: JsonObject;
}
