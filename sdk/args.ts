import type { Input } from "@pulumi/pulumi";
import type { Definition } from "../provider/model/definition";
import type { Inputs } from "../provider/model/definition-paths";
import type { At, Behind, Below, PathIn } from "./path";

/**
 * The arguments of a kind: its inputs without those that the server sets or the API has given up, with the required
 * keys required, and with an output or a promise accepted in the place of any value at any depth. `Parts` names the
 * types of messages by their paths.
 */
export type Args<D extends Definition, Parts = unknown> = Flat<
  Fields<Inputs<D>, PathIn<D, "required">, NotArgs<D>, Parts>
>;

/** The arguments of a kind below one path. */
export type PartArgs<D extends Definition, P extends string, Parts> = Flat<
  Fields<At<Inputs<D>, P>, Behind<PathIn<D, "required">, P>, Behind<NotArgs<D>, P>, Parts, `${P}.`>
>;

type NotArgs<D> = PathIn<D, "outputOnly" | "deprecated">;

/** A value whose parts may come from other resources; a part that may be left out may also turn out to be absent. */
export type Deep<T, Required extends string, Removed extends string, Parts, Path extends string> = T extends
  | string
  | number
  | boolean
  ? T
  : T extends readonly (infer E)[]
    ? readonly Input<Deep<E, Required, Removed, Parts, `${Path}[]`>>[]
    : string extends keyof T
      ? { [K in keyof T]: Input<Deep<T[K], Required, Removed, Parts, `${Path}[]`>> }
      : Path extends keyof Parts
        ? Parts[Path]
        : Fields<T, Required, Removed, Parts, `${Path}.`>;

/**
 * The fields of a message, mapped over the keys of the message itself, so that the comments of the API show where an
 * argument is written.
 */
export type Fields<T, Required extends string, Removed extends string, Parts = unknown, Prefix extends string = ""> = {
  [K in keyof T as K extends Removed | First<Required> ? never : K]?:
    | Input<
        | Deep<Exclude<T[K], undefined>, Below<Required, K>, Below<Removed, K>, Parts, `${Prefix}${K & string}`>
        | undefined
      >
    | undefined;
} & {
  [K in keyof T as K extends First<Required> ? K : never]-?: Input<
    Deep<Exclude<T[K], undefined>, Below<Required, K>, Below<Removed, K>, Parts, `${Prefix}${K & string}`>
  >;
};

/** The field that a path begins with and thereby requires; the elements of a list do not require the list. */
type First<P> = P extends `${string}[]${string}` ? never : P extends `${infer Head}.${string}` ? Head : P;

/**
 * What every interface of arguments extends as well: of one that extends a single type and adds nothing, the compiler
 * names that type in its errors, and not the interface.
 */
export type Named = Record<never, never>;

/** An intersection as one type. */
export type Flat<T> = { [K in keyof T]: T[K] };
