import { Metadata, type ServiceError, status } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import type { Stored } from "../pulumi/stored-properties";
import { structOf } from "./envelope";

/** Returns the error that tells the engine of a failure. */
export function failureOf(error: unknown): Partial<ServiceError> {
  if (error instanceof KeptFailure) return error.answer;
  const details = error instanceof Error ? error.message : String(error);
  return { code: status.UNKNOWN, details };
}

/** Returns a failure that hands over the id and the state of the object that exists nevertheless. */
export const keptFailure = (kept: Stored, reason: string): Error => new KeptFailure(kept, reason);

/** A failure that hands over the id and the state of the object that exists nevertheless, so that both are kept. */
class KeptFailure extends Error {
  readonly answer: Partial<ServiceError>;

  constructor({ id, outputs }: Stored, message: string) {
    super(message);
    const kept = new ErrorResourceInitFailed();
    kept.setId(id);
    kept.setProperties(structOf(outputs));
    kept.setReasonsList([message]);
    // By the next run it may have arrived by itself.
    kept.setRefreshBeforeUpdate(true);
    const any = new Any();
    any.pack(kept.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
    const details = new Status();
    details.setCode(status.UNKNOWN);
    details.setMessage(message);
    details.addDetails(any);
    const metadata = new Metadata();
    metadata.add("grpc-status-details-bin", Buffer.from(details.serializeBinary()));
    this.answer = { code: status.UNKNOWN, details: message, metadata };
  }
}
