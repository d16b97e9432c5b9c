import { Code, ConnectError, type ContextKey, createContextKey, createContextValues } from "@connectrpc/connect";
import type { UniversalHandler, UniversalServerRequest, UniversalServerResponse } from "@connectrpc/connect/protocol";
import type { CallLog } from "../call/log";
import { callName } from "../call/name";
import { refusalKey } from "./refuse";
import type { FaultBook, RawAnswer } from "./rule";

/** Where a call keeps what cuts its connection; a call in memory has none. */
export const cutKey: ContextKey<(() => void) | undefined> = createContextKey<(() => void) | undefined>(undefined, {
  description: "cut connection",
});

/** Counts the calls of a handler and lets the faults of a book happen to them. */
export function onTheWire(handler: UniversalHandler, book: FaultBook, log: CallLog): UniversalHandler {
  const method = callName(handler.method);
  const call = async (request: UniversalServerRequest): Promise<UniversalServerResponse> => {
    const values = request.contextValues ?? createContextValues();
    const fault = book.take(method);
    await log.begin(method);
    await pause(fault?.delay ?? 0);
    if (fault?.lost === "before") {
      throw cut(request);
    }
    if (fault?.respond !== undefined) {
      return raw(fault.respond);
    }
    const response = await handler({ ...request, contextValues: values.set(refusalKey, fault?.refuse) });
    await log.end(method);
    if (fault?.lost === "after") {
      throw cut(request);
    }
    if (fault?.lost === "inside") {
      return { ...response, body: torn(request, response) };
    }
    if (fault?.drip !== undefined) {
      return { ...response, body: drops(response, fault.drip) };
    }
    return fault?.malformed === true ? { ...response, header: spoiled(response), body: only(noMessage) } : response;
  };
  return Object.assign(call, { ...handler });
}

/** Cuts the connection of a call, and makes the error that a client in memory sees then. */
export function cut(request: Pick<UniversalServerRequest, "contextValues">): ConnectError {
  request.contextValues?.get(cutKey)?.();
  return new ConnectError("the connection was cut", Code.Aborted);
}

const noMessage = new Uint8Array([0xff, 0xff, 0xff, 0x3c, 0x68, 0x74, 0x6d, 0x6c, 0x3e]);

async function pause(milliseconds: number): Promise<void> {
  if (milliseconds > 0) {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
  }
}

function raw({ status, headers, body }: RawAnswer): UniversalServerResponse {
  return { status, header: new Headers(headers ?? {}), body: only(new TextEncoder().encode(body)) };
}

function spoiled({ header }: UniversalServerResponse): Headers {
  const headers = new Headers(header);
  headers.set("content-length", String(noMessage.byteLength));
  return headers;
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function* drops({ body }: UniversalServerResponse, interval: number): AsyncGenerator<Uint8Array> {
  for await (const chunk of body ?? []) {
    for (let at = 0; at < chunk.byteLength; at += 1) {
      await pause(interval);
      yield chunk.subarray(at, at + 1);
    }
  }
}

async function* torn(request: UniversalServerRequest, { body }: UniversalServerResponse): AsyncGenerator<Uint8Array> {
  for await (const chunk of body ?? []) {
    yield chunk.subarray(0, Math.floor(chunk.byteLength / 2));
    break;
  }
  throw cut(request);
}
