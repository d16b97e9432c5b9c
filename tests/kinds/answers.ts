import { givenField } from "../../provider/functions/invoke";
import { readsOf } from "../../provider/functions/of-kind";
import type { Definition } from "../../provider/model/definition";
import { field, type Method } from "../../provider/model/descriptor";
import { factsOf, idName, resourceField } from "../../provider/model/shape";
import { idsField, placed, scopeFilter } from "../../provider/reading/pages";
import { isObject, type Json, type JsonObject, withoutAt } from "../../provider/value/json";
import { steps } from "../../provider/value/path";
import { objectOf } from "../core/sample";
import { isId } from "./derive";
import { markOf } from "./example";
import type { Link } from "./program";

/** A call of a function about a resource of a program, with marks in the place of ids. */
export interface Question {
  readonly name: string;
  readonly args: JsonObject;
  /** The resource that it is asked about, which has to be there. */
  readonly after: string;
  /** Where the object is in the answer of a list. */
  readonly list?: string;
  /** What the answer shows of the object. */
  readonly answer: unknown;
}

/** Returns what a program can ask about a resource by the functions of its kind. */
export function questionsOf(definition: Definition, { name, inputs }: Link): Question[] {
  const { get, list } = readsOf(definition);
  const object = shownOf(definition, objectOf(definition, inputs));
  const answer = loosely(object);
  const ids = idsField(definition);
  const id = ids && definition.address ? inputs[ids.slice(0, -1)] : undefined;
  const filter = ids ? { [ids]: [id ?? markOf(name)] } : scopeFilter(definition, inputs);
  // What nothing singles out in a list may be another one of its kind.
  const first = Object.keys(filter).length > 0 ? answer : {};
  return [
    ...(get
      ? [
          {
            name: get.localName,
            args: namedIn(definition, get, { name, inputs }),
            after: name,
            answer: answerOf(definition, get, object),
          },
        ]
      : []),
    ...(list
      ? [
          {
            name: list.localName,
            args: placed(list, filter),
            after: name,
            list: resourceField(definition, list)!.jsonName,
            answer: first,
          },
        ]
      : []),
  ];
}

/** What the answer to a get shows of an object: what carries nothing else is not there, also where it is in the object. */
function answerOf(definition: Definition, get: Method, object: JsonObject): unknown {
  if (isWrapped(definition, get)) return { [resourceField(definition, get)!.jsonName]: loosely(object) };
  const sole = get.output === factsOf(definition).resource ? givenField({ method: get }) : undefined;
  return loosely((sole && object[sole.jsonName]) ?? object);
}

/** What the API shows of an object, which leaves out what it keeps to itself, and what is known of its address only. */
function shownOf(definition: Definition, object: JsonObject): JsonObject {
  const { resource, writeOnly } = factsOf(definition);
  const shown = Object.entries(object).filter(([name]) => field(resource, name));
  return [...writeOnly].map(steps).reduce<JsonObject>(withoutAt, Object.fromEntries(shown));
}

/** Whether an answer has something beside the object. */
const isWrapped = (definition: Definition, method: Method): boolean =>
  method.output !== factsOf(definition).resource && givenField({ method }) === undefined;

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
