import type { DescMessage, MessageJsonType, MessageShape } from "@bufbuild/protobuf";
import { namingFields } from "../model/address";
import type { Definition } from "../model/definition";
import type { Method } from "../model/descriptor";
import type { FunctionDefinition } from "./define-function";

/**
 * Returns the calls that read objects of a kind. What a deletion forgets is an object of another kind, which has them; what
 * is an account's in any case is told to nobody else.
 */
export const readsOf = ({ delete: end, as, ...reads }: Definition): Pick<Definition, "get" | "list"> =>
  end === "forget" || (as && !as.where) ? {} : reads;

/** Returns the function that reads one object of a kind: by its id, or by what the API takes in its place. */
export function getterOf(definition: Definition): FunctionDefinition {
  const { module, get } = definition;
  if (!get) throw new Error(`${definition.kind} has no get call`);
  return {
    ...(module && { module }),
    name: get.localName,
    method: get,
    required: namingFields(definition, get),
    reads: true,
  };
}

/** Returns the function that lists objects of a kind. */
export function listerOf({ module, kind, list }: Definition): FunctionDefinition {
  if (!list) throw new Error(`${kind} has no list call`);
  return { ...(module && { module }), name: list.localName, method: list, required: [], reads: true };
}

/** What the function is that reads one object of a kind. */
export type GetterOf<D> = D extends { readonly kind: infer K; readonly get: infer M }
  ? { readonly method: M; readonly required: readonly (IdField<M, K> | AddressField<D>)[] }
  : never;

/** What the function is that lists objects of a kind. */
export type ListerOf<D> = D extends { readonly list: infer M }
  ? { readonly method: M; readonly required: readonly never[] }
  : never;

/** The fields of an address that have to be stated. */
type AddressField<D> = D extends { readonly address: readonly unknown[]; readonly required: readonly (infer P)[] }
  ? First<P>
  : never;
type First<P> = P extends `${infer Head}.${string}` ? Head : P & string;

/** Members of a choice are fields of the JSON of a message only. */
type IdField<M, K> =
  M extends Method<infer I, DescMessage>
    ? keyof MessageShape<I> & ("id" extends keyof MessageJsonType<I> ? "id" : `${Uncapitalize<K & string>}Id`)
    : never;
