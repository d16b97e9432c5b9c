/** Returns the id under which the server knows a call, from the headers of its answer. */
export function requestId(headers: Headers): string | undefined {
  const id = headers.get("x-request-id") ?? headers.get("x-trace-id") ?? "";
  return /^[\w.:/=+-]{1,128}$/.test(id) ? id : undefined;
}
