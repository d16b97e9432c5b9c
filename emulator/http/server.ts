import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Code, ConnectError } from "@connectrpc/connect";
import type { UniversalHandler } from "@connectrpc/connect/protocol";
import { answerAdmin } from "./admin";
import { answerConnect } from "./connect";
import { answerEventLines, wantsEventLines } from "./event-lines";
import { answerLog } from "./log";
import { refuse } from "./refuse";
import { answerScim } from "./scim";
import type { Served } from "./served";

/** A server that answers. */
export interface Listening {
  /** Where it answers, without `/api`; both with and without it work. */
  readonly url: string;
  /** Ends all connections and stops listening. */
  close(): Promise<void>;
}

/** Answers over HTTP on the loopback interface. */
export async function listen(served: Served, port: number): Promise<Listening> {
  const handlers = new Map(served.handlers.map((handler) => [handler.requestPath, handler]));
  const server = createServer((request, response) => {
    answer(served, handlers, request, response).catch(() => response.destroy());
  });
  // A connection that ends just as a call comes over it is lost to the call. Proxies keep idle ones for about a minute.
  server.keepAliveTimeout = 65_000;
  const url = `http://127.0.0.1:${await bound(server, port)}`;
  served.site.origin = url;
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  served: Served,
  handlers: Map<string, UniversalHandler>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = pathOf(request);
  const handler = handlers.get(path);
  if (wantsEventLines(request, path)) {
    return answerEventLines(served, request, response);
  }
  if (handler !== undefined) {
    return answerConnect(handler, request, response);
  }
  if (path.startsWith("/admin/")) {
    return answerAdmin(served, path, request, response);
  }
  if (path.startsWith("/scim/")) {
    return answerScim(served.site, request, response);
  }
  if (path.startsWith("/logs/")) {
    return answerLog(served.site, path, request, response);
  }
  if (/^\/(ops|support|usage)\//.test(path)) {
    return refuse(response, new ConnectError("the emulator runs nothing inside environments", Code.Unimplemented));
  }
  response.writeHead(404, { "content-type": "text/plain" }).end(`nothing answers at ${path}\n`);
}

/** The path without the prefix that the hosts of either API have. */
function pathOf(request: IncomingMessage): string {
  const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
  return path.replace(/^\/(?:public-)?api(?=\/)/, "");
}

function bound(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address: AddressInfo | string | null = server.address();
      resolve(address === null || typeof address === "string" ? port : address.port);
    });
  });
}
