import type { Output } from "@pulumi/pulumi";
import type { Request } from "../../provider/functions/answer";
import type { Fields, Flat } from "../args";
import type { At, PathIn } from "../path";
import { ask, askOutput, type FunctionOptions } from "./ask";

/** Calls a function of plain values. */
export const plain = <R>(name: string, args?: object, opts?: FunctionOptions): Promise<R> =>
  ask(name, args ?? {}, opts ?? {}) as Promise<R>;

/** Calls a function of values from resources. */
export const later = <R>(name: string, args?: object, opts?: FunctionOptions): Output<R> =>
  askOutput(name, args ?? {}, opts ?? {}) as Output<R>;

/** The arguments of a function. */
export type FunctionArgs<D> = Flat<
  {
    [K in keyof Request<D> as K extends PathIn<D, "required"> | "pagination" ? never : K]?: Request<D>[K] | undefined;
  } & {
    [K in keyof Request<D> as K extends PathIn<D, "required"> ? K : never]-?: Exclude<Request<D>[K], undefined>;
  }
>;

/** The arguments of a function, any of which may come from a resource; `Parts` names the types of messages. */
export type FunctionOutputArgs<D, Parts = unknown> = Flat<
  Fields<Request<D>, PathIn<D, "required">, "pagination", Parts>
>;

/** Those below one path. */
export type FunctionPartArgs<D, P extends string, Parts> = Flat<
  Fields<At<Request<D>, P>, never, never, Parts, `${P}.`>
>;
