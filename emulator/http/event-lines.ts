import type { IncomingMessage, ServerResponse } from "node:http";
import { fromJsonString, toJsonString } from "@bufbuild/protobuf";
import { ConnectError } from "@connectrpc/connect";
import { codeToHttpStatus, errorToJson } from "@connectrpc/connect/protocol-connect";
import { EventService, WatchEventsRequestSchema, WatchEventsResponseSchema } from "../../proto/gen/gitpod/v1/event_pb";
import { authenticate } from "../call/authenticate";
import { validate } from "../call/validate";
import { openWatch } from "../event/watch";
import { cut } from "../fault/wire";
import { readBody } from "./body";
import type { Served } from "./server";

/** Whether a request asks for events as JSON lines, as earlier releases of the vendor's clients do. */
export function wantsEventLines(request: IncomingMessage, path: string): boolean {
  const type = request.headers["content-type"] ?? "";
  return path === `/${EventService.typeName}/WatchEvents` && type.startsWith("application/jsonl");
}

/** Answers with one event in JSON on each line. */
export async function answerEventLines(
  { site, desk }: Served,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const abort = new AbortController();
  response.once("close", () => abort.abort());
  try {
    const caller = authenticate(site, new Headers({ authorization: request.headers.authorization ?? "" }));
    const message = fromJsonString(WatchEventsRequestSchema, await readBody(request), { ignoreUnknownFields: true });
    validate(WatchEventsRequestSchema, message);
    const line = { signal: abort.signal, hangUp: () => hangUp(request) };
    const events = openWatch(site, desk, caller, message, line);
    response.writeHead(200, { "content-type": "application/jsonl" }).flushHeaders();
    for await (const event of events) {
      response.write(`${toJsonString(WatchEventsResponseSchema, event)}\n`);
    }
    response.end();
  } catch (reason) {
    refuse(response, ConnectError.from(reason));
  }
}

function hangUp(request: IncomingMessage): ConnectError {
  request.socket.destroy();
  return cut({});
}

function refuse(response: ServerResponse, error: ConnectError): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(codeToHttpStatus(error.code), { "content-type": "application/json" });
  response.end(JSON.stringify(errorToJson(error, undefined)));
}
