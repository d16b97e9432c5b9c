import type { DescMessage, MessageJsonType, MessageShape } from "@bufbuild/protobuf";
import type { Definition } from "../model/definition";
import { field, type Method } from "../model/descriptor";
import { idField } from "../model/shape";
import type { FunctionDefinition } from "./define-function";

/** Returns the function that reads one object of a kind: by its id, or by what the API takes in its place. */
export function getterOf(definition: Definition): FunctionDefinition {
  const { get, sensitive = [], writeOnly = [] } = definition;
  if (!get) throw new Error(`${definition.kind} has no get call`);
  const secrets = sensitive.filter((path) => !writeOnly.includes(path)).map((path) => path.split(/[.[]/)[0]!);
  const id = idField(definition, get);
  const required = field(get.input, id)?.oneof ? [] : [id];
  return { name: get.localName, method: get, required, sensitive: secrets };
}

/** Returns the function that lists objects of a kind. */
export function listerOf({ kind, list }: Definition): FunctionDefinition {
  if (!list) throw new Error(`${kind} has no list call`);
  return { name: list.localName, method: list, required: [] };
}

/** What the function is that reads one object of a kind. */
export type GetterOf<D> = D extends { readonly kind: infer K; readonly get: infer M }
  ? { readonly method: M; readonly required: readonly IdField<M, K>[] }
  : never;

/** What the function is that lists objects of a kind. */
export type ListerOf<D> = D extends { readonly list: infer M }
  ? { readonly method: M; readonly required: readonly never[] }
  : never;

/** Members of a choice are fields of the JSON of a message only. */
type IdField<M, K> =
  M extends Method<infer I, DescMessage>
    ? keyof MessageShape<I> & ("id" extends keyof MessageJsonType<I> ? "id" : `${Uncapitalize<K & string>}Id`)
    : never;
