import { type Message, toJson } from "@bufbuild/protobuf";
import { createRequest } from "../../provider/mapping/create-request";
import { addressOf, idSaid } from "../../provider/model/address";
import type { Definition } from "../../provider/model/definition";
import { field, type Method } from "../../provider/model/descriptor";
import { createMethod } from "../../provider/model/shape";
import { objectIn } from "../../provider/reading/find";
import { at, type JsonObject, withAt } from "../../provider/value/json";

/** A create as it is sent. */
export interface Creation {
  readonly method: Method;
  readonly request: JsonObject;
  readonly name: string;
}

/** Returns the create of an object with this name, unless the inputs state another, and in this organization. */
export function creationOf(definition: Definition, inputs: JsonObject, name: string, organizationId: string): Creation {
  const method = createMethod(definition, (input) => inputs[input] !== undefined);
  const path = namePaths.find(([first = "", ...rest]) => {
    const f = field(method.input, first);
    return f && rest.every((part) => f.message && field(f.message, part));
  });
  const stated = path && at(inputs, path);
  const named = path && stated === undefined ? withAt(inputs, path, name) : inputs;
  return {
    method,
    request: createRequest(definition, method, named, organizationId === "" ? undefined : organizationId),
    name: typeof stated === "string" ? stated : (JSON.stringify(inputs).match(givenName)?.[0] ?? name),
  };
}

/** A name that a probe has asked for, and put somewhere else. */
const givenName = /pulumi[-_]gitpod[-_]probe[-_][0-9a-f]{8}/;

/** Where a create takes a text that people read, the best place first. */
const namePaths = [["name"], ["metadata", "name"], ["title"], ["displayName"], ["description"]];

/** Returns the id that an answer to a create gives, and what the answer and the object in it say. */
export function madeIn(
  definition: Definition,
  { method, request }: Creation,
  answer: Message,
  who: { readonly organizationId: string; readonly subjectId: string },
): { readonly id: string; readonly object: JsonObject } {
  const address = addressOf(definition, request, who);
  const object = objectIn(definition, method, answer, address) ?? {};
  const id = object.id ?? address ?? idSaid(definition, method, answer);
  if (typeof id !== "string" || id === "") throw new Error(`${method.name} has answered without an id`);
  return { id, object: { ...toObject(method, answer), ...object } };
}

const toObject = ({ output }: Method, answer: Message): JsonObject => toJson(output, answer) as JsonObject;
