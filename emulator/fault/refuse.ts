import { create, createRegistry, fromJson, type JsonObject } from "@bufbuild/protobuf";
import { DurationSchema } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, type ContextKey, createContextKey, type Interceptor } from "@connectrpc/connect";
import { codeFromString } from "@connectrpc/connect/protocol-connect";
import { file_gitpod_v1_actionable_error } from "../../proto/gen/gitpod/v1/actionable_error_pb";
import { file_gitpod_v1_environment } from "../../proto/gen/gitpod/v1/environment_pb";
import { file_gitpod_v1_organization } from "../../proto/gen/gitpod/v1/organization_pb";
import { file_gitpod_v1_runner } from "../../proto/gen/gitpod/v1/runner_pb";
import { RetryInfoSchema } from "../../proto/gen/google/rpc/error_details_pb";
import type { Details } from "../refusal";
import type { Refusal } from "./rule";

/** Where an injected refusal travels from the wire to the interceptor that answers with it. */
export const refusalKey: ContextKey<Refusal | undefined> = createContextKey<Refusal | undefined>(undefined, {
  description: "injected refusal",
});

/** Answers with an injected error before anything else happens to the call. */
export const refusing: Interceptor = (next) => (request) => {
  const refusal = request.contextValues.get(refusalKey);
  if (refusal !== undefined) {
    throw errorFor(refusal);
  }
  return next(request);
};

function errorFor({ code, message, headers, retryDelay, details }: Refusal): ConnectError {
  const all: Details = (details ?? []).map(({ type, value }) => detail(type, JSON.parse(JSON.stringify(value))));
  if (retryDelay !== undefined) {
    const seconds = BigInt(Math.floor(retryDelay));
    const nanos = Math.round((retryDelay % 1) * 1e9);
    const delay = retryDelay === 0 ? {} : { retryDelay: create(DurationSchema, { seconds, nanos }) };
    all.push({ desc: RetryInfoSchema, value: delay });
  }
  return new ConnectError(message ?? "injected by the admin API", codeFromString(code) ?? Code.Unknown, headers, all);
}

function detail(type: string, value: JsonObject): Details[number] {
  const desc = registry.getMessage(type);
  if (desc === undefined) {
    throw new ConnectError(`no detail message ${type}`, Code.Internal);
  }
  return { desc, value: fromJson(desc, value) };
}

const registry = createRegistry(
  file_gitpod_v1_actionable_error,
  file_gitpod_v1_environment,
  file_gitpod_v1_organization,
  file_gitpod_v1_runner,
);
