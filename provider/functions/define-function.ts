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
  /** Fields of the request that are no arguments, beside the page. */
  readonly hidden?: readonly string[];
  /** The field of the answer that it gives; all of a list or its pages, else the only one there is, else the answer. */
  readonly gives?: string;
  /** Whether it only reads, although the proto does not say so. */
  readonly reads?: boolean;
  /** Fields of the answer that are secret. */
  readonly sensitive?: readonly string[];
}

/**
 * Declares a function; its arguments are the request without the page, its result follows from the response: what it
 * is said to give, all entries where there are pages, what there is where there is nothing else, or the whole response.
 */
export function defineFunction<
  I extends DescMessage,
  O extends DescMessage,
  const R extends keyof MessageJsonType<I> & string = never,
  const H extends keyof MessageJsonType<I> & string = never,
  const G extends keyof MessageJsonType<O> & string = never,
>(
  definition: Declared<I, O, R, H, G>,
): Declared<I, O, R, H, G> & Required<Pick<Declared<I, O, R, H, G>, "required" | "hidden" | "sensitive" | "reads">> {
  return { required: [], hidden: [], sensitive: [], reads: false, ...definition };
}

/** A definition whose fields are fields of the request and of the answer. */
export interface Declared<
  I extends DescMessage,
  O extends DescMessage,
  R extends string,
  H extends string,
  G extends string,
> extends FunctionDefinition {
  readonly method: Method<I, O>;
  readonly required?: readonly R[];
  readonly hidden?: readonly H[];
  readonly gives?: G;
  readonly sensitive?: readonly AnswerField<MessageJsonType<O>>[];
}

/** A field of an answer, or of the object that it carries. */
type AnswerField<J> = (keyof J | FieldOf<NonNullable<J[keyof J]>>) & string;
type FieldOf<M> = M extends readonly unknown[] ? never : M extends object ? keyof M : never;
