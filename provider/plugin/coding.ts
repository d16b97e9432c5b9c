import { create, type DescMessage, fromBinary, type Message, toBinary } from "@bufbuild/protobuf";
import * as messages from "../../proto/gen/pulumi/provider_pb";

/** The messages that carry properties. */
const schemas = {
  CheckRequest: messages.CheckRequestSchema,
  CheckResponse: messages.CheckResponseSchema,
  DiffRequest: messages.DiffRequestSchema,
  DiffResponse: messages.DiffResponseSchema,
  CreateRequest: messages.CreateRequestSchema,
  CreateResponse: messages.CreateResponseSchema,
  ReadRequest: messages.ReadRequestSchema,
  ReadResponse: messages.ReadResponseSchema,
  UpdateRequest: messages.UpdateRequestSchema,
  UpdateResponse: messages.UpdateResponseSchema,
  DeleteRequest: messages.DeleteRequestSchema,
  DeleteResponse: messages.DeleteResponseSchema,
} satisfies { readonly [name: string]: DescMessage };

/** The name of such a message. */
export type Name = keyof typeof schemas;

/** Reads a message. */
export const decoded = (name: Name, bytes: Uint8Array): Message & Record<string, unknown> =>
  fromBinary<DescMessage>(schemas[name], bytes) as Message & Record<string, unknown>;

/** Writes a message, which may leave out what is empty. */
export const encoded = (name: Name, message: Record<string, unknown>): Buffer =>
  Buffer.from(toBinary<DescMessage>(schemas[name], create<DescMessage>(schemas[name], message)));
