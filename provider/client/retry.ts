import { MethodOptions_IdempotencyLevel as Idempotency } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, createContextKey, type Interceptor, type UnaryRequest } from "@connectrpc/connect";
import { DelegateBackoff, handleWhen, retry as retryPolicy } from "cockatiel";
import { jittered } from "../value/clock";
import { isConnectionLoss } from "./error/connection-loss";
import { retryDelay } from "./retry-delay";

/**
 * Makes a unary call again where that can do no harm: calls without side effects, and those that may be repeated, when
 * the server is unavailable or the connection is lost; every call when the server limits the rate and says how long to
 * wait. A limit without a delay is a quota, which waiting does not cure. Nothing else is repeated.
 */
export const retry: Interceptor = (next) => (request) => {
  if (request.stream) return next(request);
  const policy = retryPolicy(
    handleWhen((error) => isWorthwhile(request, error)),
    {
      maxAttempts: most,
      backoff: new DelegateBackoff(({ attempt, result }) =>
        delayOf(attempt, "error" in result ? result.error : undefined),
      ),
    },
  );
  return policy.execute(() => next(request), request.signal);
};

/** Whether a call with side effects may be made again after its answer was lost, since the second one changes nothing. */
export const repeatableKey = createContextKey(false, { description: "repeatable" });

/** How often a call is made again. */
const most = 4;

/** Milliseconds. */
const firstDelay = 250;
const longestDelay = 30_000;

function isWorthwhile(request: UnaryRequest, error: unknown): boolean {
  if (request.signal.aborted) return false;
  if (ConnectError.from(error).code === Code.ResourceExhausted) return retryDelay(error) !== undefined;
  const isHarmless =
    request.method.idempotency === Idempotency.NO_SIDE_EFFECTS || request.contextValues.get(repeatableKey);
  return isHarmless && (ConnectError.from(error).code === Code.Unavailable || isConnectionLoss(error));
}

/** The delay that the server asks for, else one that doubles; spread, so that many clients do not come back at once. */
function delayOf(attempt: number, error: unknown): number {
  const asked = retryDelay(error);
  if (asked !== undefined) return Math.min(jittered(asked, 1, 1.2), longestDelay);
  return jittered(firstDelay * 2 ** (attempt - 1), 0.5, 1);
}
