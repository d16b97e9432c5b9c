import { Code, ConnectError, createContextKey, type Interceptor } from "@connectrpc/connect";

/**
 * Ends a unary call that has no answer in time with `deadline_exceeded`; streams have no deadline.
 *
 * It bounds one attempt: whatever repeats calls stands before it in the list of interceptors.
 */
export const deadline: Interceptor = (next) => async (request) => {
  if (request.stream) return next(request);
  const milliseconds = request.contextValues.get(deadlineKey);
  const controller = new AbortController();
  const end = (): void =>
    controller.abort(new ConnectError(`no answer within ${milliseconds / 1000} s`, Code.DeadlineExceeded));
  const timer = setTimeout(end, milliseconds);
  request.header.set("Connect-Timeout-Ms", String(Math.ceil(milliseconds)));
  try {
    return await next({ ...request, signal: AbortSignal.any([request.signal, controller.signal]) });
  } catch (error) {
    throw controller.signal.aborted ? controller.signal.reason : error;
  } finally {
    clearTimeout(timer);
  }
};

/** How long a unary call may take, in milliseconds; 60 s unless the call says otherwise. */
export const deadlineKey = createContextKey(60_000, { description: "deadline in milliseconds" });
