import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import type { Bench, Life } from "./bench";

/** A run that may be killed at any moment. */
export interface Mortal extends Life {
  /**
   * Ends it as far as anybody can see: nothing of it reaches the server any more, and the engine gets no answer. A process
   * of its own for each kill would cost more than all else; those of the real engine are killed in truth.
   */
  kill(): void;
  close(): Promise<void>;
}

/** Begins a run that reaches the server through a door of its own. */
export async function beginMortal(bench: Bench, host: string): Promise<Mortal> {
  const door = await doorTo(Number(new URL(host).port));
  let end: (reason: Error) => void = () => {};
  const over = new Promise<never>((_, reject) => {
    end = reject;
  });
  over.catch(() => undefined);
  return {
    ...(await bench.begin(door.url, over)),
    kill() {
      door.shut();
      end(new Error("the process has ended"));
    },
    close: door.close,
  };
}

/** Passes connections on until it is shut; then its port stays taken, so that no other server gets what is left of a run. */
async function doorTo(port: number): Promise<{ url: string; shut(): void; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  let isShut = false;
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on("error", () => {}).once("close", () => sockets.delete(socket));
  };
  const server = createServer((outer) => {
    if (isShut) return void outer.destroy();
    const inner = keep(connect(port, "127.0.0.1"));
    keep(outer).once("close", () => inner.destroy());
    inner.once("close", () => outer.destroy());
    outer.pipe(inner).pipe(outer);
  });
  const shut = (): void => {
    isShut = true;
    for (const socket of sockets) socket.destroy();
  };
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    shut,
    async close() {
      shut();
      await once(server.close(), "close");
    },
  };
}
