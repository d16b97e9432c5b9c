import type { MessageInitShape } from "@bufbuild/protobuf";
import type {
  CheckRequest,
  CheckResponseSchema,
  CreateRequest,
  CreateResponseSchema,
  DeleteRequest,
  DeleteResponseSchema,
  DiffRequest,
  DiffResponseSchema,
  ReadRequest,
  ReadResponseSchema,
  UpdateRequest,
  UpdateResponseSchema,
} from "../../proto/gen/pulumi/provider_pb";
import type { Identity } from "../client/api";
import { identity } from "../client/identity";
import { changedUnits, isUnsettled } from "../mapping/diff";
import { withFirstStated } from "../mapping/first-stated";
import type { Definition } from "../model/definition";
import { isMoving } from "../model/phase";
import { compare } from "../pulumi/compare";
import { checkInputs, createObject, deleteObject, note, readObject, updateObject } from "../pulumi/lifecycle";
import { type Properties, placesOf, type Stateful, storedInputs } from "../pulumi/stored-properties";
import { importId, whyNotFound } from "../reading/import-id";
import { equal, type JsonObject } from "../value/json";
import { named } from "./autoname";
import { detailedDiff } from "./detailed-diff";
import type { Serving } from "./instance";
import { definitionOf, tokenIn } from "./kinds";
import { expectedOutputs } from "./preview";
import { propertiesIn, withSecretsOf } from "./properties";

/** Checks the inputs of a resource, and names it where the program does not. */
export async function check(
  serving: Serving,
  { urn, news: given, olds: stored, autonaming }: CheckRequest,
): Promise<MessageInitShape<typeof CheckResponseSchema>> {
  const definition = definitionOf(tokenIn(urn));
  const stated = propertiesIn(definition, given, urn);
  const olds = propertiesIn(definition, stored, urn);
  const news = named(definition, stated, olds, urn, autonaming);
  const { inputs, reasons } = await checkInputs(definition, olds, news, serving.connection);
  // Pulumi prints the whole value beside the property of a failure, so that the path stands in the reason.
  return { inputs, failures: reasons.map((reason) => ({ reason })) };
}

/** Compares what is stored with new inputs. */
export async function diff(
  { memory }: Serving,
  { id, urn, olds, oldInputs, news: given, ignoreChanges }: DiffRequest,
): Promise<MessageInitShape<typeof DiffResponseSchema>> {
  const definition = definitionOf(tokenIn(urn));
  const stored = storedIn(definition, olds, oldInputs, urn);
  const news = propertiesIn(definition, given, urn);
  note(memory, definition, id, stored.state, news);
  return detailedDiff(await compare(memory, definition, id, stored, news), ignoreChanges);
}

/** Creates an object; in a preview says what it is going to be, as far as that is known. */
export async function create(
  serving: Serving,
  { urn, properties, timeout, preview }: CreateRequest,
): Promise<MessageInitShape<typeof CreateResponseSchema>> {
  const definition = definitionOf(tokenIn(urn));
  const news = propertiesIn(definition, properties, urn);
  if (preview) return { properties: marked(definition, expectedOutputs(definition, news.visible), news) };
  const { id, outputs } = await createObject(serving.run(timeout), definition, news);
  return { id, properties: outputs, refreshBeforeUpdate: isMoving(definition, outputs) };
}

/** Reads an object, for a refresh, an import or a lookup; nothing is returned where it is gone. */
export async function read(
  serving: Serving,
  { id: given, urn, properties, inputs, timeout }: ReadRequest,
): Promise<MessageInitShape<typeof ReadResponseSchema>> {
  const definition = definitionOf(tokenIn(urn));
  const olds = storedIn(definition, properties, inputs, urn);
  const isLookup = Object.keys({ ...olds.visible, ...olds.state.inputs }).length === 0;
  const sought = isLookup
    ? await importId(definition, given, whoIn(serving, definition))
    : { id: given, scope: undefined };
  const known = isLookup ? { ...olds, state: undefined } : olds;
  const found = await readObject(serving.run(timeout), definition, sought.id, known, sought.scope);
  const why = found || !isLookup ? undefined : whyNotFound(definition, sought);
  if (why !== undefined) throw new Error(why);
  if (!found) return {};
  return {
    id: found.id,
    properties: found.outputs,
    // Pulumi keeps the inputs that it has where none come back, and spends less on them.
    ...(!equal(found.inputs, inputs) && { inputs: found.inputs }),
    refreshBeforeUpdate: isMoving(definition, found.outputs),
  };
}

/** Asks whom the token stands for, where the connection has one. */
const whoIn =
  ({ connection }: Serving, definition: Definition) =>
  async (): Promise<Identity | undefined> => {
    const client = await connection.client(definition);
    return client && identity(client);
  };

/** Brings an object to new inputs; in a preview says what it is going to be, as far as that is known. */
export async function update(
  serving: Serving,
  { id, urn, olds: outputs, oldInputs, news: given, timeout, preview }: UpdateRequest,
): Promise<MessageInitShape<typeof UpdateResponseSchema>> {
  const definition = definitionOf(tokenIn(urn));
  const olds = storedIn(definition, outputs, oldInputs, urn);
  const news = propertiesIn(definition, given, urn);
  if (preview) {
    const state = withFirstStated(definition, olds.state, news.visible);
    const isQuiet =
      changedUnits(definition, state.inputs, news.visible).length === 0 &&
      !isUnsettled(serving.memory, definition, state, news.visible);
    const expected = isQuiet ? olds.visible : expectedOutputs(definition, news.visible, state);
    return { properties: marked(definition, expected, news) };
  }
  const { outputs: properties } = await updateObject(serving.run(timeout), definition, id, olds, news);
  return { properties, refreshBeforeUpdate: isMoving(definition, properties) };
}

/** Deletes an object. */
export async function remove(
  serving: Serving,
  { id, urn, properties, oldInputs, timeout }: DeleteRequest,
): Promise<MessageInitShape<typeof DeleteResponseSchema>> {
  const definition = definitionOf(tokenIn(urn));
  const olds = storedIn(definition, properties, oldInputs, urn);
  await deleteObject(serving.run(timeout), definition, id, olds);
  return {};
}

/**
 * Takes outputs apart. What a program has stated since they were stored is known by the inputs that Pulumi has stored;
 * where the state is not ours, these stand for those of the state.
 */
function storedIn(
  definition: Definition,
  outputs: JsonObject | undefined,
  inputs: JsonObject | undefined,
  urn: string,
): Stateful {
  const old = propertiesIn(definition, inputs, urn);
  const { isImported } = old;
  const { state, ...stored } = withSecretsOf(propertiesIn(definition, outputs, urn), old);
  if (!state) return { ...stored, isImported, state: { inputs: old.visible, outputs: stored.visible, seen: {} } };
  return { ...stored, isImported, state: isImported ? state : withFirstStated(definition, state, old.visible) };
}

const marked = (definition: Definition, outputs: JsonObject, { passed }: Properties): JsonObject => {
  const places = placesOf(definition, passed);
  return storedInputs(outputs, { ...places, inputs: places.outputs }, {});
};
