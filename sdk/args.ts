import type { Input } from "@pulumi/pulumi";
import type { Definition } from "../provider/model/definition";
import type { Inputs } from "../provider/model/definition-paths";
import type { Below, PathIn } from "./path";

/**
 * The arguments of a kind: its inputs without those that the server sets or the API has given up, with the required
 * keys required, and with an output or a promise accepted in the place of any value at any depth.
 */
export type Args<D extends Definition> = Flat<
  Fields<Inputs<D>, PathIn<D, "required">, PathIn<D, "outputOnly" | "deprecated">>
>;

/** A value whose parts may come from other resources; a part that may be left out may also turn out to be absent. */
export type Deep<T, Required extends string = never, Removed extends string = never> = T extends
  | string
  | number
  | boolean
  ? T
  : T extends readonly (infer E)[]
    ? readonly Input<Deep<E, Required, Removed>>[]
    : string extends keyof T
      ? { [K in keyof T]: Input<Deep<T[K], Required, Removed>> }
      : Fields<T, Required, Removed>;

/**
 * The fields of a message, mapped over the keys of the message itself, so that the comments of the API show where an
 * argument is written.
 */
export type Fields<T, Required extends string, Removed extends string> = {
  [K in keyof T as K extends Removed | First<Required> ? never : K]?:
    | Input<Deep<Exclude<T[K], undefined>, Below<Required, K>, Below<Removed, K>> | undefined>
    | undefined;
} & {
  [K in keyof T as K extends First<Required> ? K : never]-?: Input<
    Deep<Exclude<T[K], undefined>, Below<Required, K>, Below<Removed, K>>
  >;
};

/** The field that a path begins with and thereby requires; the elements of a list do not require the list. */
type First<P> = P extends `${string}[]${string}` ? never : P extends `${infer Head}.${string}` ? Head : P;

/** An intersection as one type. */
export type Flat<T> = { [K in keyof T]: T[K] };
