import type { Output } from "@pulumi/pulumi";
import type { Request } from "../../provider/functions/answer";
import type { Fields, Flat } from "../args";
import type { At, PathIn } from "../path";
import { ask, askOutput, type FunctionOptions, type FunctionOutputOptions } from "./ask";

/** Calls a function of plain values. */
export const plain = <R>(name: string, args?: object, opts?: FunctionOptions): Promise<R> =>
  ask(name, args ?? {}, opts ?? {}) as Promise<R>;

/** Calls a function of values from resources. */
export const later = <R>(name: string, args?: object, opts?: FunctionOutputOptions): Output<R> =>
  askOutput(name, args ?? {}, opts ?? {}) as Output<R>;

/** The arguments of a function, without the page and without what the API has given up. */
export type FunctionArgs<D, Removed extends string = never> = Flat<
  {
    [K in keyof Request<D> as K extends PathIn<D, "required" | "hidden"> | "pagination" | Removed ? never : K]?:
      | Request<D>[K]
      | undefined;
  } & {
    [K in keyof Request<D> as K extends PathIn<D, "required"> ? K : never]-?: Exclude<Request<D>[K], undefined>;
  }
>;

/** The same, any of which may come from a resource; `Parts` names the types of messages. */
export type FunctionOutputArgs<D, Removed extends string = never, Parts = unknown> = Flat<
  Fields<Request<D>, PathIn<D, "required">, "pagination" | PathIn<D, "hidden"> | Removed, Parts>
>;

/** Those below one path. */
export type FunctionPartArgs<D, P extends string, Parts, Removed extends string = never> = Flat<
  Fields<At<Request<D>, P>, never, Removed, Parts, `${P}.`>
>;
