import {
  create,
  type DescMessage,
  type DescMethodUnary,
  type MessageInitShape,
  type MessageShape,
} from "@bufbuild/protobuf";
import type { CallOptions, Client, OwnCall } from "./client";

/** Says of which calls of the API one of ours is made. What they reject with is what it rejects with. */
export const ownCall = <I extends DescMessage, O extends DescMessage>(
  method: DescMethodUnary<I, O>,
  by: (client: Client, request: MessageShape<I>, options: CallOptions) => Promise<MessageInitShape<O>>,
): OwnCall<I, O> => ({
  ...method,
  by: async (client, request, options) => create(method.output, await by(client, request, options)),
});
