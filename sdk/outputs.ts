import type { Output } from "@pulumi/pulumi";
import type { Definition } from "../provider/model/definition";
import type { Resource } from "../provider/model/definition-paths";
import type { Below, PathIn } from "./path";

/**
 * The outputs of a kind: what the API says about the object, without its id, what the API has given up and what is not
 * stored because it changes by itself. The API leaves out what is empty; only the named outputs are always there.
 */
export type Outputs<D extends Definition, Always extends OutputName<D> = never> = {
  readonly [K in keyof Resource<D> as K extends OutputName<D> ? K : never]-?: Output<
    Stored<Exclude<Resource<D>[K], undefined>, Below<NotStored<D>, K>> | (K extends Always ? never : undefined)
  >;
} & ToldOnce<D>;

/** Secrets that the API tells once; an import lacks them. */
type ToldOnce<D> = { readonly [K in OnceName<D>]: Output<string> };

/** The names of the outputs of a kind, all of them and no others, for the engine to fill. */
export type OutputNames<D extends Definition> = { readonly [K in OutputName<D> | OnceName<D>]: undefined };

/**
 * A value as it is stored. A field that may be absent is a key with an absent value: of an optional key Pulumi makes an
 * output that may itself be absent, on which nothing can be called.
 */
export type Stored<T, Removed extends string = never> = [T] extends [string | number | boolean]
  ? T
  : T extends readonly (infer E)[]
    ? Stored<E, Removed>[]
    : string extends keyof T
      ? T
      : {
          [K in keyof T as K extends Removed ? never : K]-?:
            | Stored<Exclude<T[K], undefined>, Below<Removed, K>>
            | undefined;
        };

type OnceName<D> = D extends { readonly once: infer O } ? keyof O & string : never;
type OutputName<D> = Exclude<keyof Resource<D> & string, "id" | NotStored<D>>;
type NotStored<D> = PathIn<D, "volatile" | "deprecated"> | Counter<D>;
/** The counter of reports beside a phase, which is not stored either. */
type Counter<D> = D extends { readonly phase: { readonly at: `${infer Status}phase` } }
  ? `${Status}statusVersion`
  : never;
