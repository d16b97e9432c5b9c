import type { Interceptor, Transport } from "@connectrpc/connect";
import { createUniversalHandlerClient, type UniversalHandler } from "@connectrpc/connect/protocol";
import { createTransport } from "@connectrpc/connect/protocol-connect";

/** Makes a transport that calls the handlers in this process, with the bearer token of one caller. */
export function inMemory(handlers: UniversalHandler[], token: string): Transport {
  return createTransport({
    httpClient: createUniversalHandlerClient(handlers),
    baseUrl: "http://emulator.localhost",
    useBinaryFormat: true,
    interceptors: [bearer(token)],
    acceptCompression: [],
    sendCompression: null,
    compressMinBytes: Number.MAX_SAFE_INTEGER,
    readMaxBytes: 0xffffffff,
    writeMaxBytes: 0xffffffff,
  });
}

function bearer(token: string): Interceptor {
  return (next) => (request) => {
    if (!request.header.has("authorization")) {
      request.header.set("authorization", `Bearer ${token}`);
    }
    return next(request);
  };
}
