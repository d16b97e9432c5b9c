import type { Definition } from "../../provider/model/definition";
import { field, type Method } from "../../provider/model/descriptor";
import { idName, resourceField } from "../../provider/model/shape";
import { idsField, scopeFilter } from "../../provider/reading/pages";
import { isObject, type Json, type JsonObject } from "../../provider/value/json";
import { objectOf } from "../core/sample";
import { isId } from "./derive";
import { markOf } from "./example";
import type { Link } from "./program";

/** A call of a function about a resource of a program, with marks in the place of ids. */
export interface Question {
  readonly name: string;
  readonly args: JsonObject;
  /** Where the object is in the answer of a list. */
  readonly list?: string;
  /** What the answer shows of the object. */
  readonly answer: unknown;
}

/** Returns what a program can ask about a resource by the functions of its kind. */
export function questionsOf(definition: Definition, { name, inputs }: Link): Question[] {
  const { get, list } = definition;
  const answer = loosely(objectOf(definition, inputs));
  const ids = idsField(definition);
  const filter = ids ? { [ids]: [markOf(name)] } : scopeFilter(definition, inputs);
  // What nothing singles out in a list may be another one of its kind.
  const first = Object.keys(filter).length > 0 ? answer : {};
  return [
    ...(get ? [{ name: get.localName, args: namedIn(definition, get, { name, inputs }), answer }] : []),
    ...(list
      ? [{ name: list.localName, args: { filter }, list: resourceField(definition, list)!.jsonName, answer: first }]
      : []),
  ];
}

/** What names an object in a request: its id, or the inputs that the request takes in its place. */
function namedIn(
  definition: Definition,
  { input }: Method,
  { name, inputs }: Pick<Link, "name" | "inputs">,
): JsonObject {
  const id = field(input, "id") ?? field(input, idName(definition));
  if (id) return { [id.jsonName]: markOf(name) };
  const named = input.fields.flatMap(({ jsonName }): [string, Json][] =>
    inputs[jsonName] === undefined ? [] : [[jsonName, inputs[jsonName]]],
  );
  return Object.fromEntries(named);
}

/** The same with any id in the place of each. */
function loosely(value: Json): unknown {
  if (Array.isArray(value)) return value.map(loosely);
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, loosely(part)]));
  return typeof value === "string" && isId.test(value) ? expect.any(String) : value;
}
