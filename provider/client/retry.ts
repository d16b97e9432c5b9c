import { Code, ConnectError, createContextKey, type Interceptor, type UnaryRequest } from "@connectrpc/connect";
import { DelegateBackoff, handleWhen, retry as retryPolicy } from "cockatiel";
import { jittered } from "../value/clock";
import { isConnectionLoss } from "./error/connection-loss";
import { onlyReads } from "./only-reads";
import { isLimit, retryDelay } from "./retry-delay";

/**
 * Makes a unary call again where that can do no harm: calls without side effects, and those that may be repeated, when
 * the server is unavailable or the connection is lost; every call when the server limits the rate and says how long to
 * wait. A limit without a delay is waited for as long as these pauses say; where there are none, it is a quota, which
 * waiting does not cure. Nothing else is repeated.
 */
export const retry =
  (limitPauses: readonly number[]): Interceptor =>
  (next) =>
  (request) => {
    if (request.stream) return next(request);
    const pauses = [...limitPauses];
    const policy = retryPolicy(
      handleWhen((error) => isWorthwhile(request, error, pauses)),
      {
        maxAttempts: mostAttempts - 1,
        backoff: new DelegateBackoff(({ attempt, result }) =>
          delayOf(attempt, "error" in result ? result.error : undefined, pauses),
        ),
      },
    );
    return policy.execute(() => next(request), request.signal);
  };

/** Whether a call with side effects may be made again after its answer was lost, since the second one changes nothing. */
export const repeatableKey = createContextKey(false, { description: "repeatable" });

/** How often a call is made at most. */
export const mostAttempts = 5;

/** Milliseconds. */
const firstDelay = 250;
const longestPause = 30_000;

function isWorthwhile(request: UnaryRequest, error: unknown, pauses: readonly number[]): boolean {
  if (request.signal.aborted) return false;
  if (isLimit(error)) return retryDelay(error) !== undefined || pauses.length > 0;
  const isHarmless = onlyReads(request.method) || request.contextValues.get(repeatableKey);
  return isHarmless && (ConnectError.from(error).code === Code.Unavailable || isConnectionLoss(error));
}

/**
 * No delay where the server has told one, for which all calls are held back further on; the next pause after another limit;
 * else one that doubles. They are spread, so that many clients do not come back at once.
 */
function delayOf(attempt: number, error: unknown, pauses: number[]): number {
  if (retryDelay(error) !== undefined) return 0;
  const pause = isLimit(error) ? pauses.shift() : undefined;
  if (pause !== undefined) return Math.min(jittered(pause, 1, 1.2), longestPause);
  return jittered(firstDelay * 2 ** (attempt - 1), 0.5, 1);
}
