import type { DescMessage, MessageJsonType, MessageShape } from "@bufbuild/protobuf";
import type { Method } from "../model/descriptor";

/** The JSON of the request of a function. */
export type Request<D> = D extends { readonly method: Method<infer I, DescMessage> } ? MessageJsonType<I> : never;

/**
 * What a function returns: what it is said to give, all entries where there are pages, what there is where there is
 * nothing else, or everything.
 */
export type Answer<D> = D extends { readonly method: Method<DescMessage, infer O> }
  ? Given<Gives<D>, Complete<MessageShape<O>, MessageJsonType<O>>>
  : never;

type Given<G, T> = [G] extends [never]
  ? "pagination" extends keyof T
    ? Entries<T>
    : Sole<T>
  : G extends keyof T
    ? Exclude<T[G], undefined>
    : never;
type Gives<D> = D extends { readonly gives?: infer G } ? (G extends string ? G : never) : never;

type Entries<T> = { [K in keyof T]: T[K] extends readonly unknown[] ? T[K] : never }[keyof T];
type Sole<T> =
  IsUnion<keyof T> extends true ? T : T[keyof T] extends object | undefined ? Exclude<T[keyof T], undefined> : T;
type IsUnion<T, Whole = T> = T extends unknown ? ([Whole] extends [T] ? false : true) : never;

/**
 * The JSON of a message in which nothing is left out because it is empty: what the message always has is always there,
 * the rest may be absent.
 */
type Complete<Shape, Json> = [Json] extends [string | number | boolean]
  ? Json
  : Json extends readonly (infer E)[]
    ? Complete<Shape extends readonly (infer S)[] ? S : unknown, E>[]
    : string extends keyof Json
      ? Json
      : {
          [K in keyof Json]-?:
            | Complete<K extends keyof Shape ? Exclude<Shape[K], undefined> : unknown, Exclude<Json[K], undefined>>
            | (K extends Kept<Shape> ? never : undefined);
        };
type Kept<Shape> = { [K in keyof Shape]-?: Record<never, never> extends Pick<Shape, K> ? never : K }[keyof Shape];
