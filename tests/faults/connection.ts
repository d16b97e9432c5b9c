import type { ServiceError } from "@grpc/grpc-js";
import type { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import type { JsonObject } from "../../provider/value/json";
import { received, sent } from "./value";

/** What the engine knows of a resource when it calls the provider. */
export interface Subject {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
}

/** A resource as a provider gives it back; one that came about but is not ready says why not. */
export interface Answer {
  readonly id: string;
  readonly outputs: JsonObject;
  readonly initErrors: readonly string[];
}

/** The calls of a provider, with the properties that the engine gives each of them. */
export type Connection = ReturnType<typeof connection>;

/** Speaks to a provider as the engine does, until it is over; tells of the beginning and the end of each call. */
export function connection(
  client: ResourceProviderClient,
  acceptsSecrets: boolean,
  over: Promise<never> = new Promise(() => {}),
  used: () => void = () => {},
) {
  const struct = (properties: JsonObject) => sent(properties, acceptsSecrets);
  const call = <T>(make: (done: (error: ServiceError | null, answer: T) => void) => void): Promise<T> =>
    Promise.race([
      over,
      new Promise<T>((resolve, reject) => {
        used();
        make((error, answer) => (error ? reject(error) : resolve(answer)));
      }),
    ]).finally(used);
  return {
    async check({ urn, type, name }: Subject, olds: JsonObject, news: JsonObject) {
      const request = new rpc.CheckRequest();
      about(request, urn, type, name);
      request.setOlds(struct(olds));
      request.setNews(struct(news));
      const answer = await call<rpc.CheckResponse>((done) => client.check(request, done));
      return {
        inputs: received(answer.getInputs()),
        failures: answer.getFailuresList().map((failure) => failure.getReason()),
      };
    },

    async diff(
      { urn, type, name }: Subject,
      id: string,
      old: { inputs: JsonObject; outputs: JsonObject },
      news: JsonObject,
    ) {
      const request = new rpc.DiffRequest();
      about(request, urn, type, name);
      request.setId(id);
      request.setOlds(struct(old.outputs));
      request.setOldInputs(struct(old.inputs));
      request.setNews(struct(news));
      const answer = await call<rpc.DiffResponse>((done) => client.diff(request, done));
      const { DIFF_SOME, DIFF_UNKNOWN } = rpc.DiffResponse.DiffChanges;
      return {
        changes:
          answer.getChanges() === DIFF_UNKNOWN
            ? ("unknown" as const)
            : answer.getChanges() === DIFF_SOME
              ? "some"
              : "none",
        replaces: answer.getReplacesList(),
        deletesFirst: answer.getDeletebeforereplace(),
      };
    },

    async create({ urn, type, name }: Subject, inputs: JsonObject): Promise<Answer> {
      const request = new rpc.CreateRequest();
      about(request, urn, type, name);
      request.setProperties(struct(inputs));
      return orNotReady(
        call<rpc.CreateResponse>((done) => client.create(request, done)).then((answer) => ({
          id: answer.getId(),
          outputs: received(answer.getProperties()),
          initErrors: [],
        })),
      );
    },

    async update(
      { urn, type, name }: Subject,
      id: string,
      old: { inputs: JsonObject; outputs: JsonObject },
      news: JsonObject,
    ): Promise<Answer> {
      const request = new rpc.UpdateRequest();
      about(request, urn, type, name);
      request.setId(id);
      request.setOlds(struct(old.outputs));
      request.setOldInputs(struct(old.inputs));
      request.setNews(struct(news));
      return orNotReady(
        call<rpc.UpdateResponse>((done) => client.update(request, done)).then((answer) => ({
          id,
          outputs: received(answer.getProperties()),
          initErrors: [],
        })),
      );
    },

    /** Returns undefined where the object is gone. */
    async read({ urn, type, name }: Subject, id: string, old: { inputs: JsonObject; outputs: JsonObject }) {
      const request = new rpc.ReadRequest();
      about(request, urn, type, name);
      request.setId(id);
      request.setProperties(struct(old.outputs));
      request.setInputs(struct(old.inputs));
      const answer = await call<rpc.ReadResponse>((done) => client.read(request, done));
      if (answer.getId() === "") return undefined;
      // The engine keeps the inputs that it has where none come back.
      const inputs = answer.hasInputs() ? received(answer.getInputs()) : old.inputs;
      return { inputs, outputs: received(answer.getProperties()) };
    },

    async delete({ urn, type, name }: Subject, id: string, old: { inputs: JsonObject; outputs: JsonObject }) {
      const request = new rpc.DeleteRequest();
      about(request, urn, type, name);
      request.setId(id);
      request.setProperties(struct(old.outputs));
      request.setOldInputs(struct(old.inputs));
      await call((done) => client.delete(request, done));
    },
  };
}

function about(
  request: { setUrn(urn: string): void; setType(type: string): void; setName(name: string): void },
  urn: string,
  type: string,
  name: string,
): void {
  request.setUrn(urn);
  request.setType(type);
  request.setName(name);
}

/** A failure that carries an id is an object that came about. */
async function orNotReady(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    const [packed] = (error as ServiceError).metadata?.get("grpc-status-details-bin") ?? [];
    if (!(packed instanceof Buffer)) throw error;
    for (const detail of Status.deserializeBinary(packed).getDetailsList()) {
      const failure = detail.unpack<rpc.ErrorResourceInitFailed>(
        rpc.ErrorResourceInitFailed.deserializeBinary,
        "pulumirpc.ErrorResourceInitFailed",
      );
      if (failure)
        return {
          id: failure.getId(),
          outputs: received(failure.getProperties()),
          initErrors: failure.getReasonsList(),
        };
    }
    throw error;
  }
}
