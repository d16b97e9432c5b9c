import type { DescMessage, MessageJsonType } from "@bufbuild/protobuf";
import type { CommonInputsJson } from "../../proto/gen/provider/v1/inputs_pb";
import type { Method } from "./descriptor";

/** The proto-JSON type of the request of a method. */
type Request<M> = M extends Method<infer I, DescMessage> ? MessageJsonType<I> : never;

/**
 * The proto-JSON type of the object: what the create answers with, else the get, else an entry of the list; all of the
 * get where what it carries is an input as a whole.
 */
export type Resource<D> = Either<
  Carried<Answer<In<D, "create">>>,
  Either<Got<Answer<In<D, "get">>, Request<In<D, "update">>>, Listed<Answer<In<D, "list">>>>
>;
type Answer<M> = [M] extends [never] ? never : M extends Method<DescMessage, infer O> ? O : never;
type Carried<O> = O extends DescMessage
  ? Exclude<Extract<NonNullable<MessageJsonType<O>[keyof MessageJsonType<O>]>, object>, readonly unknown[]>
  : never;
type Got<O, U> = [O] extends [never]
  ? never
  : O extends DescMessage
    ? [Stated<MessageJsonType<O>, U>] extends [never]
      ? Either<Carried<O>, MessageJsonType<O>>
      : MessageJsonType<O>
    : never;
/** The messages that an answer and a request have by the same name. */
type Stated<O, U> = {
  [K in keyof O & keyof U]: NonNullable<O[K]> extends NonNullable<U[K]> ? Extract<NonNullable<O[K]>, object> : never;
}[keyof O & keyof U];
type Listed<O> = O extends DescMessage
  ? Extract<NonNullable<MessageJsonType<O>[keyof MessageJsonType<O>]>, readonly object[]>[number]
  : never;
type Either<A, B> = [A] extends [never] ? B : A;
type In<D, K extends string> = D extends { readonly [P in K]: infer M } ? M : never;

/** The call whose request the inputs are: create, else update, else get. */
type Maker<D> = Either<In<D, "create">, Either<In<D, "update">, In<D, "get">>>;

/** The proto-JSON type of all inputs of a kind, before required ones are marked and others are left out. */
export type Inputs<D> = Renamed<D> & With<D> & Extras<D> & UpdateOnly<D> & Own<D> & CommonInputsJson;

type Renamed<D> = {
  [K in keyof Request<Maker<D>> as D extends { renamed: infer N } ? NewName<K, N> : K]: Request<Maker<D>>[K];
};
type NewName<K, N> = K extends keyof N ? Extract<N[K], string> : K;
type With<D> = D extends { createWith: infer W }
  ? All<{ [K in keyof W]: Pick<Request<W[K]>, K & keyof Request<W[K]>> }>
  : unknown;
type Extras<D> = D extends { extra: infer E }
  ? { [K in keyof E as E[K] extends { field: string } ? K : never]?: ExtraField<E[K]> }
  : unknown;
type ExtraField<E> = E extends { method: infer M; field: infer F } ? Request<M>[F & keyof Request<M>] : never;
type UpdateOnly<D> = D extends { update: infer M; updateOnly: readonly (infer F)[] }
  ? [F] extends [never]
    ? unknown
    : Pick<Request<M>, F & keyof Request<M>>
  : unknown;
type Own<D> = D extends { own: infer M } ? ([M] extends [never] ? unknown : MessageJsonType<M & DescMessage>) : unknown;
type All<T> = (T[keyof T] extends infer M ? (M extends unknown ? (member: M) => void : never) : never) extends (
  member: infer U,
) => void
  ? U
  : never;

/** The paths of the inputs of a definition. */
export type InputPath<D> = PathOf<Inputs<D>>;

/** The paths of the object of a definition. */
export type ResourcePath<D> = PathOf<Resource<D>>;

/** The phases of a definition, which are the values of the enum at its phase path. */
export type PhaseName<D> = D extends { phase: { at: infer P } } ? Extract<At<Resource<D>, P>, string> : string;

/** The fields of the request of an extra call. */
export type RequestField<E> = E extends { method: infer M } ? keyof Request<M> & string : never;

/** The dotted paths of a proto-JSON type, at most six steps; `[]` steps into a list or a map. */
export type PathOf<T, Depth extends readonly unknown[] = []> = Depth["length"] extends 6
  ? never
  : { [K in keyof T & string]-?: K | Below<NonNullable<T[K]>, K, [...Depth, K]> }[keyof T & string];
type Below<T, K extends string, Depth extends readonly unknown[]> = T extends readonly (infer E)[]
  ? `${K}[]` | (E extends object ? `${K}[].${PathOf<E, Depth>}` : never)
  : T extends object
    ? string extends keyof T
      ? `${K}[]` | (T[keyof T] extends object ? `${K}[].${PathOf<T[keyof T], Depth>}` : never)
      : `${K}.${PathOf<T, Depth>}`
    : never;

/** The type at a dotted path of singular messages. */
type At<T, P> = P extends `${infer H}.${infer R}`
  ? H extends keyof T
    ? At<NonNullable<T[H]>, R>
    : never
  : P extends keyof T
    ? NonNullable<T[P]>
    : never;

/** Refuses what no definition knows, at any depth: a misspelled word would say nothing. */
export type OnlyKnown<T, S> = T extends readonly unknown[] | { readonly kind: "rpc" | "message" }
  ? unknown
  : T extends object
    ? { readonly [K in keyof T]: K extends KeyOf<S> ? OnlyKnown<T[K], NonNullable<Part<S, K>>> : never }
    : unknown;
type KeyOf<S> = S extends unknown ? keyof S : never;
type Part<S, K> = S extends unknown ? (K extends keyof S ? S[K] : never) : never;
