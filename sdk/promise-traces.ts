/**
 * Lets Pulumi leave out the traces of its promises until the returned function is called. Pulumi writes one for each of
 * the four promises of each property, in case it never settles, and shows it only if it is told to
 * (`PULUMI_DEBUG_PROMISE_LEAKS`). They took nearly half of the time of a program that declares a thousand resources.
 * Every other error keeps its trace.
 */
export function omitPromiseTraces(): () => void {
  if (process.env.PULUMI_DEBUG_PROMISE_LEAKS) return () => {};
  const before = Error.prepareStackTrace;
  Error.prepareStackTrace = (error, frames) => {
    if (frames[0]?.getFunctionName() === "debuggablePromise") return "";
    return before ? before(error, frames) : [error, ...frames].join("\n    at ");
  };
  return () => {
    Error.prepareStackTrace = before;
  };
}
