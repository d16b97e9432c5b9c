import type { IncomingMessage, ServerResponse } from "node:http";
import { fromJsonString, toJsonString } from "@bufbuild/protobuf";
import { ConnectError } from "@connectrpc/connect";
import { EventService, WatchEventsRequestSchema, WatchEventsResponseSchema } from "../../proto/gen/gitpod/v1/event_pb";
import { authenticate } from "../call/authenticate";
import { validate } from "../call/validate";
import { openWatch } from "../event/watch";
import { cut } from "../fault/wire";
import { readBody } from "./body";
import { refuse } from "./refuse";
import type { Served } from "./served";

/**
 * Whether a request asks for events as JSON lines, as earlier releases of the vendor's clients do: all of them accept
 * lines, and some send them, too.
 */
export function wantsEventLines({ headers }: IncomingMessage, path: string): boolean {
  const types = [headers["content-type"] ?? "", headers.accept ?? ""];
  return path === `/${EventService.typeName}/WatchEvents` && types.some((type) => type.includes("application/jsonl"));
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
    const caller = authenticate(site, new Headers({ authorization: request.headers.authorization ?? "" }), "gitpod");
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
