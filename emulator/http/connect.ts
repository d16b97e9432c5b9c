import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { createContextValues } from "@connectrpc/connect";
import type { UniversalHandler, UniversalServerRequest } from "@connectrpc/connect/protocol";
import { universalRequestFromNodeRequest, universalResponseToNodeResponse } from "@connectrpc/connect-node";
import { cutKey } from "../fault/wire";
import { withoutPlus } from "./duration";

/** Answers a call of the API in the Connect protocol. */
export async function answerConnect(
  handler: UniversalHandler,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const values = createContextValues().set(cutKey, () => {
    request.socket.destroy();
  });
  const universal = universalRequestFromNodeRequest(request, response, undefined, values);
  const understood = isPlainJson(request) ? await withoutPlusSigns(handler, universal, request) : universal;
  await universalResponseToNodeResponse(await handler(understood), response);
}

function isPlainJson({ method, headers }: IncomingMessage): boolean {
  const type = headers["content-type"] ?? "";
  return method === "POST" && type.startsWith("application/json") && headers["content-encoding"] === undefined;
}

async function withoutPlusSigns(
  { method }: UniversalHandler,
  universal: UniversalServerRequest,
  request: IncomingMessage,
): Promise<UniversalServerRequest> {
  const header = new Headers(universal.header);
  header.delete("content-length");
  const body = withoutPlus(method.input, await text(request));
  return { ...universal, header, body: bytesOf(body) };
}

async function* bytesOf(body: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(body);
}
