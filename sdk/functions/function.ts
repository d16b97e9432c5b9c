import type { Output } from "@pulumi/pulumi";
import type { Answer, Request } from "../../provider/functions/answer";
import type { FunctionDefinition } from "../../provider/functions/define-function";
import type { Fields, Flat } from "../args";
import type { PathIn } from "../path";
import { ask, askOutput, type FunctionOptions } from "./ask";

/** Makes the form of a function that takes plain values and returns a promise. */
export function plainForm<D extends FunctionDefinition>(name: D["name"]): PlainForm<D> {
  return (...[args, opts]) => ask(name, args ?? {}, opts ?? {}) as Promise<Answer<D>>;
}

/** Makes the form of a function that takes values from resources and returns an output. */
export function outputForm<D extends FunctionDefinition>(name: D["name"]): OutputForm<D> {
  return (...[args, opts]) => askOutput(name, args ?? {}, opts ?? {}) as Output<Answer<D>>;
}

/** The arguments of a function. */
export type FunctionArgs<D> = Flat<
  {
    [K in keyof Request<D> as K extends PathIn<D, "required"> | "pagination" ? never : K]?: Request<D>[K] | undefined;
  } & {
    [K in keyof Request<D> as K extends PathIn<D, "required"> ? K : never]-?: Exclude<Request<D>[K], undefined>;
  }
>;

/** The arguments of a function, any of which may come from a resource. */
export type FunctionOutputArgs<D> = Flat<Fields<Request<D>, PathIn<D, "required">, "pagination">>;

/** A function of plain values. */
export type PlainForm<D> = (...given: Given<FunctionArgs<D>>) => Promise<Answer<D>>;

/** A function of values from resources. */
export type OutputForm<D> = (...given: Given<FunctionOutputArgs<D>>) => Output<Answer<D>>;

type Given<A> = Record<never, never> extends A ? [args?: A, opts?: FunctionOptions] : [args: A, opts?: FunctionOptions];
