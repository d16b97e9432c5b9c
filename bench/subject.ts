import type { Variant } from "./kinds";
import type { Kinds } from "./resources";
import type { Trace } from "./trace";

/** What is done to a stack, in this order. */
export const operations = ["create", "no-change up", "preview", "preview with refresh", "update", "destroy"] as const;

/** One of the things that are done to a stack. */
export type Operation = (typeof operations)[number];

/** How many objects of which kind, and how far away the API is. */
export interface Setting {
  readonly kind: Kinds;
  readonly size: number;
  /** Milliseconds that the emulator lets pass before it looks at a call. */
  readonly latency: number;
}

/** What one operation took. */
export interface Sample {
  readonly seconds: number;
  readonly trace: Trace;
  /** The most memory that the provider's process had, in MiB; 0 where it has none of its own. */
  readonly memory: number;
}

/** Something that brings many objects about: a provider, a floor, or a peer. */
export interface Subject {
  readonly name: string;
  /** The name of the subject that does the same without doing anything, where there is one. */
  readonly floor?: string;
  open(setting: Setting): Promise<Opened>;
}

/** A subject at work on objects of its own. */
export interface Opened {
  /** Does it and measures it; undefined where the subject cannot. */
  perform(operation: Operation): Promise<Sample | undefined>;
  close(): Promise<void>;
}

/** Which program an operation runs. */
export const variantOf = (operation: Operation): Variant =>
  operation === "update" || operation === "destroy" ? "changed" : "first";
