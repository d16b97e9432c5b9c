import {
  CheckFailure,
  type CheckRequest,
  CheckResponse,
  type CreateRequest,
  CreateResponse,
  type DeleteRequest,
  type DiffRequest,
  type DiffResponse,
  type ReadRequest,
  ReadResponse,
  type UpdateRequest,
  UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Definition } from "../definition";
import { changedUnits, isUnsettled } from "../diff";
import type { JsonObject } from "../json";
import { NotReady } from "../not-ready";
import { isMoving } from "../phase";
import { type Properties, placesOf, storedInputs } from "../pulumi/hidden";
import {
  checkInputs,
  compare,
  createObject,
  deleteObject,
  note,
  readObject,
  storedFailure,
  updateObject,
} from "../pulumi/lifecycle";
import { named } from "./autoname";
import { detailedDiff } from "./detailed-diff";
import { KeptFailure } from "./failure";
import { importId } from "./import-id";
import type { Serving } from "./instance";
import { definitionOf, tokenIn } from "./kinds";
import { expectedOutputs } from "./preview";
import { propertiesIn, withSecretsOf } from "./properties";
import { structOf } from "./value";

/** Checks the inputs of a resource, and names it where the program does not. */
export async function check(serving: Serving, request: CheckRequest): Promise<CheckResponse> {
  const urn = request.getUrn();
  const definition = definitionOf(tokenIn(urn));
  const stated = propertiesIn(definition, request.getNews(), urn);
  const olds = propertiesIn(definition, request.getOlds(), urn);
  const news = named(definition, stated, olds, urn, request.getAutonaming()?.toObject());
  const { inputs, reasons } = await checkInputs(definition, news, serving.connection);
  const response = new CheckResponse();
  response.setInputs(structOf(inputs));
  // Pulumi prints the whole value beside the property of a failure, so that the path stands in the reason.
  response.setFailuresList(reasons.map((reason) => new CheckFailure().setReason(reason)));
  return response;
}

/** Compares what is stored with new inputs. */
export async function diff(request: DiffRequest): Promise<DiffResponse> {
  const definition = definitionOf(tokenIn(request.getUrn()));
  const olds = storedIn(definition, request.getOlds(), request.getOldInputs(), request.getUrn());
  const news = propertiesIn(definition, request.getNews(), request.getUrn());
  note(definition, request.getId(), news);
  const difference = await compare(definition, request.getId(), olds.state, news);
  return detailedDiff(difference, request.getIgnorechangesList());
}

/** Creates an object; in a preview says what it is going to be, as far as that is known. */
export async function create(serving: Serving, request: CreateRequest): Promise<CreateResponse> {
  const definition = definitionOf(tokenIn(request.getUrn()));
  const news = propertiesIn(definition, request.getProperties(), request.getUrn());
  const response = new CreateResponse();
  if (request.getPreview()) {
    const outputs = expectedOutputs(definition, news.visible);
    return response.setProperties(structOf(marked(definition, outputs, news)));
  }
  const created = createObject(serving.run(request.getTimeout()), definition, news);
  const { id, outputs } = await keepingId(definition, news, created);
  return response.setId(id).setProperties(structOf(outputs)).setRefreshBeforeUpdate(isMoving(definition, outputs));
}

/** Reads an object, for a refresh, an import or a lookup; nothing is returned where it is gone. */
export async function read(serving: Serving, request: ReadRequest): Promise<ReadResponse> {
  const definition = definitionOf(tokenIn(request.getUrn()));
  const response = new ReadResponse();
  const given = propertiesIn(definition, request.getProperties(), request.getUrn());
  const inputs = propertiesIn(definition, request.getInputs(), request.getUrn());
  const isLookup = Object.keys({ ...given.visible, ...inputs.visible }).length === 0;
  const { id, scope } = isLookup ? importId(definition, request.getId()) : { id: request.getId() };
  const olds = isLookup ? given : storedIn(definition, request.getProperties(), request.getInputs(), request.getUrn());
  const found = await readObject(serving.run(request.getTimeout()), definition, id, olds, scope);
  if (!found) return response;
  return response
    .setId(found.id)
    .setProperties(structOf(found.outputs))
    .setInputs(structOf(found.inputs))
    .setRefreshBeforeUpdate(isMoving(definition, found.outputs));
}

/** Brings an object to new inputs; in a preview says what it is going to be, as far as that is known. */
export async function update(serving: Serving, request: UpdateRequest): Promise<UpdateResponse> {
  const definition = definitionOf(tokenIn(request.getUrn()));
  const olds = storedIn(definition, request.getOlds(), request.getOldInputs(), request.getUrn());
  const news = propertiesIn(definition, request.getNews(), request.getUrn());
  const response = new UpdateResponse();
  if (request.getPreview()) {
    const isQuiet =
      changedUnits(definition, olds.state.inputs, news.visible).length === 0 &&
      !isUnsettled(definition, olds.state, news.visible);
    const outputs = isQuiet ? olds.visible : expectedOutputs(definition, news.visible, olds.state);
    return response.setProperties(structOf(marked(definition, outputs, news)));
  }
  const updated = updateObject(serving.run(request.getTimeout()), definition, request.getId(), olds, news);
  const { outputs } = await keepingId(definition, news, updated);
  return response.setProperties(structOf(outputs)).setRefreshBeforeUpdate(isMoving(definition, outputs));
}

/** Deletes an object. */
export async function remove(serving: Serving, request: DeleteRequest): Promise<void> {
  const definition = definitionOf(tokenIn(request.getUrn()));
  const olds = storedIn(definition, request.getProperties(), request.getOldInputs(), request.getUrn());
  await deleteObject(serving.run(request.getTimeout()), definition, request.getId(), olds);
}

/** Takes outputs apart; where the state is not ours, the inputs that Pulumi has stored stand for those of the state. */
function storedIn(
  definition: Definition,
  outputs: Struct | undefined,
  inputs: Struct | undefined,
  urn: string,
): Properties & { readonly state: NonNullable<Properties["state"]> } {
  const old = propertiesIn(definition, inputs, urn);
  const stored = withSecretsOf(propertiesIn(definition, outputs, urn), old);
  return { ...stored, state: stored.state ?? { inputs: old.visible, outputs: stored.visible, seen: {} } };
}

const marked = (definition: Definition, outputs: JsonObject, { passed }: Properties): JsonObject => {
  const places = placesOf(definition, passed);
  return storedInputs(outputs, { ...places, inputs: places.outputs }, {});
};

/** Hands over the id and the state of an object that is not ready together with the reason. */
async function keepingId<T>(definition: Definition, { passed }: Properties, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof NotReady)) throw error;
    throw new KeptFailure(storedFailure(definition, error, passed), error.message);
  }
}
