import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { Interceptor, Transport } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import { createProxyAgent } from "./proxy";

/** Creates the transport over HTTP/1.1: binary messages, connections kept and shared, answers of at most 32 MiB. */
export function createTransport(baseUrl: string, proxy: URL | undefined, interceptors: Interceptor[]): Transport {
  const over = (sockets: Sockets) =>
    createConnectTransport({
      baseUrl,
      httpVersion: "1.1",
      useBinaryFormat: true,
      interceptors,
      readMaxBytes: 32 * 1024 * 1024,
      nodeOptions: { agent: createAgent(baseUrl, proxy, sockets) },
    });
  // A stream keeps its connection for as long as it lives: from a shared pool, enough of them would starve the calls.
  const calls = over({ keepAlive: true, maxSockets: 32 });
  const streams = over({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY });
  return { unary: calls.unary, stream: streams.stream };
}

interface Sockets {
  keepAlive: boolean;
  maxSockets: number;
}

function createAgent(baseUrl: string, proxy: URL | undefined, sockets: Sockets): HttpAgent {
  if (proxy !== undefined) return createProxyAgent(proxy, sockets);
  return baseUrl.startsWith("https:") ? new HttpsAgent(sockets) : new HttpAgent(sockets);
}
