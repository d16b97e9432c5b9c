import { createMemory, type RunMemory } from "../model/run-memory";
import { type Connection, laterConnection } from "../pulumi/connection";
import type { Run } from "../pulumi/run-operation";
import { keptFailure } from "./service-error";

/** What a call of Pulumi is served with. */
export interface Serving {
  /** The connection, which operations that come before the configuration wait for. */
  readonly connection: Connection;
  /** What is known of the run. */
  readonly memory: RunMemory;
  /** Returns what an operation is run with, which the engine may give so many seconds. */
  run(timeout?: number): Run;
}

/**
 * What the process is set to. One process serves several commands when Pulumi attaches to it, so that a cancellation
 * ends with the next command's beginning.
 */
export class Instance implements Serving {
  #cancellation = new AbortController();
  #memory = createMemory();
  #configure: (connection: Connection) => void = () => undefined;
  #configured = this.#unconfigured();

  run(timeout = 0): Run {
    const { connection, memory } = this;
    const { signal } = this.#cancellation;
    return { connection, memory, signal, keptFailure, ...(timeout > 0 && { timeout }) };
  }

  /** Returns what a call is served with that is over when nobody waits for its answer. */
  until(left: AbortSignal): Serving {
    const run = (timeout?: number): Run => {
      const own = this.run(timeout);
      return { ...own, signal: AbortSignal.any([own.signal, left]), unheard: left };
    };
    return { connection: this.connection, memory: this.memory, run };
  }

  get connection(): Connection {
    return laterConnection(this.#configured);
  }

  get memory(): RunMemory {
    return this.#memory;
  }

  /** Takes the connection of a new configuration, with which a run begins that knows nothing of those before. */
  configure(connection: Connection): void {
    this.rearm();
    this.#memory = createMemory();
    this.#configure(connection);
    this.#configured = Promise.resolve(connection);
  }

  /** Makes the process ready for another command. */
  rearm(): void {
    if (this.#cancellation.signal.aborted) this.#cancellation = new AbortController();
  }

  /** Ends all waits. */
  cancel(): void {
    this.#cancellation.abort(cancelled());
  }

  #unconfigured(): Promise<Connection> {
    return new Promise((resolve) => {
      this.#configure = resolve;
    });
  }
}

/** Why a wait has ended before its time. */
export const cancelled = (): Error => new Error("the run was cancelled; the next pulumi up continues from here");
