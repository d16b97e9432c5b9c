import { connect } from "node:net";

/** Where the engine answers. */
export interface EngineAddress {
  readonly host: string;
  readonly port: number;
}

/** Returns where the engine answers: Pulumi starts the provider process with that as the last argument. */
export function engineAddress(argument = process.argv.at(-1) ?? ""): EngineAddress | undefined {
  const [, host, port] = /^([\w.-]+|\[[\da-fA-F:]+\]):(\d{1,5})$/.exec(argument) ?? [];
  return host === undefined ? undefined : { host: host.replace(/^\[|\]$/g, ""), port: Number(port) };
}

/** Only a refusal says that nobody is there: an engine that is stopped or busy does not answer within so many milliseconds either. */
export function refuses({ host, port }: EngineAddress, timeout: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout });
    const end = (refused: boolean): void => {
      socket.destroy();
      resolve(refused);
    };
    socket.once("connect", () => end(false));
    socket.once("timeout", () => end(false));
    socket.once("error", ({ code }: NodeJS.ErrnoException) => end(code === "ECONNREFUSED"));
    socket.unref();
  });
}
