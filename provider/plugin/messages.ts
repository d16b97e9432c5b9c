import type { MethodDefinition, ServiceDefinition } from "@grpc/grpc-js";
import { ResourceProviderService as stubs } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { lazily } from "../value/lazily";
import type * as Coding from "./coding";

/**
 * Pulumi's `ResourceProvider` service, with messages of protobuf-es where they carry properties: those are plain JSON
 * then, and take a third of the time that google-protobuf needs for them. All else is as Pulumi's stubs have it.
 */
export const resourceProvider: ServiceDefinition = {
  ...stubs,
  checkConfig: carrier(stubs.checkConfig, "CheckRequest", "CheckResponse"),
  diffConfig: carrier(stubs.diffConfig, "DiffRequest", "DiffResponse"),
  check: carrier(stubs.check, "CheckRequest", "CheckResponse"),
  diff: carrier(stubs.diff, "DiffRequest", "DiffResponse"),
  create: carrier(stubs.create, "CreateRequest", "CreateResponse"),
  read: carrier(stubs.read, "ReadRequest", "ReadResponse"),
  update: carrier(stubs.update, "UpdateRequest", "UpdateResponse"),
  delete: carrier(stubs.delete, "DeleteRequest", "DeleteResponse"),
};

// Loaded with the first call, so that the process listens early.
const coding = lazily((): typeof Coding => require("./coding"));

function carrier(
  { path }: { readonly path: string },
  request: Coding.Name,
  response: Coding.Name,
): MethodDefinition<Record<string, unknown>, Record<string, unknown>> {
  return {
    path,
    requestStream: false,
    responseStream: false,
    requestSerialize: (message) => coding().encoded(request, message),
    requestDeserialize: (bytes) => coding().decoded(request, bytes),
    responseSerialize: (message) => coding().encoded(response, message),
    responseDeserialize: (bytes) => coding().decoded(response, bytes),
  };
}
