import type { DescMessage, MessageJsonType } from "@bufbuild/protobuf";
import type { Method } from "../model/descriptor";
import type { Module } from "../model/module";

/** A call of the API that programs make outside the life of a resource, and what the proto cannot say about it. */
export interface FunctionDefinition {
  /** The module of its token; `index` if missing. */
  readonly module?: Module;
  /** The name that programs call it by. */
  readonly name: string;
  readonly method: Method;
  /** Fields of the request that have to be set. */
  readonly required?: readonly string[];
  /** Whether it only reads, although the proto does not say so. */
  readonly reads?: boolean;
  /** Fields of the answer that are secret. */
  readonly sensitive?: readonly string[];
}

/**
 * Declares a function; its arguments are the request without the page, its result follows from the response: all
 * entries where there are pages, the object where there is nothing else, or the whole response.
 */
export function defineFunction<
  I extends DescMessage,
  O extends DescMessage,
  const R extends keyof MessageJsonType<I> & string = never,
>(
  definition: Declared<I, O, R>,
): Declared<I, O, R> & Required<Pick<Declared<I, O, R>, "required" | "sensitive" | "reads">> {
  return { required: [], sensitive: [], reads: false, ...definition };
}

/** A definition whose required fields are fields of the request. */
export interface Declared<I extends DescMessage, O extends DescMessage, R extends string> extends FunctionDefinition {
  readonly method: Method<I, O>;
  readonly required?: readonly R[];
  readonly sensitive?: readonly (keyof MessageJsonType<O> & string)[];
}
