import type { DescMessage } from "@bufbuild/protobuf";
import { addressOf, naming, withOrganization } from "../model/address";
import type { Definition } from "../model/definition";
import type { Method } from "../model/descriptor";
import { createMethod, ownMessages } from "../model/shape";
import { type JsonObject, present } from "../value/json";

/** Returns the request that creates an object from these inputs, in the token's organization unless they say another. */
export function createRequest(
  definition: Definition,
  method: Method,
  inputs: JsonObject,
  organizationId?: string,
): JsonObject {
  const inputOf = (name: string): string => definition.renamed?.[name] ?? name;
  const stated = method.input.fields.map((f) => [f.jsonName, inputs[inputOf(f.jsonName)]]);
  return withOrganization(method, present(Object.fromEntries(stated)), organizationId);
}

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
  const address = addressOf(definition, inputs, { organizationId: anyId, subjectId: anyId });
  const named = (method: Method): JsonObject => naming(definition, method, address ?? anyId, anyId, anyId);
  return [
    {
      message: create.input,
      request: createRequest(definition, create, inputs, anyId),
      inputOf: (field) => definition.renamed?.[field] ?? field,
    },
    ...Object.entries(extra)
      .filter(([name]) => inputs[name] !== undefined)
      .map(([name, { method, field }]) => ({
        message: method.input,
        request: { ...named(method), ...(field !== undefined && { [field]: inputs[name]! }) },
        inputOf: () => name,
      })),
    ...(update && updateOnly.some((name) => inputs[name] !== undefined)
      ? [
          {
            message: update.input,
            request: { ...named(update), ...pick(inputs, updateOnly) },
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

/** Stands for an id that is not known yet, where rules ask for one. */
export const anyId = "00000000-0000-4000-8000-000000000000";
