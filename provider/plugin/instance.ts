import type { Client } from "../client/client";
import type { Connection } from "../pulumi/connection";
import type { Run } from "../pulumi/operation";

/**
 * What the process is set to. One process serves several commands when Pulumi attaches to it, so that a cancellation
 * ends with the next command's beginning.
 */
export class Instance {
  #cancellation = new AbortController();
  #configure: (connection: Connection) => void = () => undefined;
  #configured = this.#unconfigured();

  /** Returns what an operation is run with. */
  run(timeout = 0): Run {
    return { connection: this.connection, signal: this.#cancellation.signal, ...(timeout > 0 && { timeout }) };
  }

  /** The connection, which operations that come before the configuration wait for. */
  get connection(): Connection {
    const configured = this.#configured;
    const client = configured.then((connection): Promise<Client | undefined> => connection.client);
    client.catch(() => undefined);
    return { client, refusal: async () => (await configured).refusal() };
  }

  /** Takes the connection of a new configuration. */
  configure(connection: Connection): void {
    this.rearm();
    this.#configure(connection);
    this.#configured = Promise.resolve(connection);
  }

  /** Makes the process ready for another command. */
  rearm(): void {
    if (this.#cancellation.signal.aborted) this.#cancellation = new AbortController();
  }

  /** Ends all waits. */
  cancel(): void {
    this.#cancellation.abort(new Error("the run was cancelled; the next pulumi up goes on from here"));
  }

  #unconfigured(): Promise<Connection> {
    return new Promise((resolve) => {
      this.#configure = resolve;
    });
  }
}
