import type { DescMessage } from "@bufbuild/protobuf";
import type { Definition, Extra } from "../model/definition";
import type { Method } from "../model/descriptor";
import { createMethod, idField, ownMessages } from "../model/shape";
import { type JsonObject, present } from "../value/json";

/** Returns the request that creates an object from these inputs. */
export function createRequest(definition: Definition, method: Method, inputs: JsonObject): JsonObject {
  const inputOf = (name: string): string => definition.renamed?.[name] ?? name;
  return present(Object.fromEntries(method.input.fields.map((f) => [f.jsonName, inputs[inputOf(f.jsonName)]])));
}

/** Returns the request that gives one input to a call of its own. */
export const extraRequest = (
  definition: Definition,
  extra: Extra,
  id: string,
  value: JsonObject[string],
): JsonObject => ({
  [idField(definition, extra.method)]: id,
  [extra.field]: value,
});

/** A request that inputs lead to, before there is an id. */
export interface WriteRequest {
  readonly message: DescMessage;
  readonly request: JsonObject;
  /** The name that a field of the request has among the inputs. */
  readonly inputOf: (field: string) => string;
}

/** Returns every request that these inputs lead to, for the rules of the proto to be checked. */
export function writeRequests(definition: Definition, inputs: JsonObject): WriteRequest[] {
  const create = createMethod(definition, (input) => inputs[input] !== undefined);
  const { update, updateOnly = [], extra = {} } = definition;
  return [
    {
      message: create.input,
      request: createRequest(definition, create, inputs),
      inputOf: (field) => definition.renamed?.[field] ?? field,
    },
    ...Object.entries(extra)
      .filter(([name]) => inputs[name] !== undefined)
      .map(([name, call]) => ({
        message: call.method.input,
        request: extraRequest(definition, call, anyId, inputs[name]!),
        inputOf: () => name,
      })),
    ...(update && updateOnly.some((name) => inputs[name] !== undefined)
      ? [
          {
            message: update.input,
            request: { [idField(definition, update)]: anyId, ...pick(inputs, updateOnly) },
            inputOf: same,
          },
        ]
      : []),
    ...ownMessages(definition).map((message) => {
      const names = message.fields.map((f) => f.jsonName);
      return { message, request: pick(inputs, names), inputOf: same };
    }),
  ];
}

const pick = (inputs: JsonObject, names: readonly string[]): JsonObject =>
  present(Object.fromEntries(names.map((name) => [name, inputs[name]])));

const same = (name: string): string => name;

/** Stands for the id that the object will have. */
const anyId = "00000000-0000-4000-8000-000000000000";
