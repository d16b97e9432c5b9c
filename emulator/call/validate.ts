import type { DescMessage, MessageShape } from "@bufbuild/protobuf";
import { pathToString } from "@bufbuild/protobuf/reflect";
import { createValidator } from "@bufbuild/protovalidate";
import { Code, ConnectError, type Interceptor } from "@connectrpc/connect";
import { invalid } from "../refusal";

/**
 * Refuses requests that break the rules of the protos; whether the API attaches the violations is not known
 * (`request-rules-without-details`).
 */
export const validation: Interceptor = (next) => (request) => {
  if (!request.stream) {
    validate(request.method.input, request.message);
    return next(request);
  }
  return next({ ...request, message: validated(request.method.input, request.message) });
};

/** Throws when a message breaks the rules of its proto, naming each path. */
export function validate<Desc extends DescMessage>(schema: Desc, message: MessageShape<Desc>): void {
  const result = validator.validate(schema, message);
  if (result.kind === "invalid") {
    throw invalid(result.violations.map((one) => `${pathToString(one.field)}: ${one.message}`).join("; "));
  }
  if (result.kind === "error") {
    throw new ConnectError("the request cannot be validated", Code.Internal, undefined, undefined, result.error);
  }
}

const validator = createValidator();

async function* validated<Message>(schema: DescMessage, messages: AsyncIterable<Message & MessageShape<DescMessage>>) {
  for await (const message of messages) {
    validate(schema, message);
    yield message;
  }
}
