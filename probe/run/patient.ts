import type { Client } from "../../provider/client/client";
import { isLimit, retryDelay } from "../../provider/client/retry-delay";
import type { Clock } from "../../provider/value/clock";

/** How calls are made. */
export interface Patience {
  /** Milliseconds that one call may take. */
  readonly timeoutMs: number;
  readonly clock: Clock;
  /** Ends every call and every pause. */
  readonly signal: AbortSignal;
  /** Is told of each call that failed for good, as `GroupService/CreateGroup`. */
  readonly failed?: (call: string, error: unknown) => void;
}

/** Returns a client whose calls have a deadline, end with a signal, and wait while the account is limited. */
export function patient(client: Client, patience: Patience): Client {
  const { timeoutMs, clock, failed } = patience;
  return {
    ...client,
    as: (token) => patient(client.as(token), patience),
    stream: (method, request, { signal } = {}) => client.stream(method, request, { signal: either(patience, signal) }),
    async call(method, request, options = {}) {
      const signal = either(patience, options.signal);
      for (const pause of [...limitPauses, undefined]) {
        try {
          signal.throwIfAborted();
          return await client.call(method, request, { timeoutMs, ...options, signal });
        } catch (error) {
          if (!isLimit(error) || pause === undefined) {
            failed?.(`${method.parent.name}/${method.name}`, error);
            throw error;
          }
          await clock.sleep(retryDelay(error) ?? pause, signal);
        }
      }
      throw new Error("unreachable");
    },
  };
}

const either = ({ signal }: Patience, other: AbortSignal | undefined): AbortSignal =>
  other === undefined ? signal : AbortSignal.any([signal, other]);

/** Milliseconds between calls while the account is limited and nobody says for how long. */
const limitPauses = [2000, 5000, 10_000, 20_000, 30_000, 60_000];
