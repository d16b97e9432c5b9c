import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { certificate } from "./certificate";

const started: { server: Server; sockets: Set<Socket> }[] = [];

/** Serves on a free port of this machine until `stopAll`. */
export async function serve(listener: RequestListener, scheme: "http" | "https" = "http") {
  const server = scheme === "http" ? createServer(listener) : createSecureServer(certificate, listener);
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
  });
  started.push({ server, sockets });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return { server, port, url: `${scheme}://localhost:${port}` };
}

/** Ends every server of the test, with its connections. */
export async function stopAll(): Promise<void> {
  for (const { server, sockets } of started.splice(0)) {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  }
}
