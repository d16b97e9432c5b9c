import { types } from "node:util";
import { Code, ConnectError } from "@connectrpc/connect";

/** Whether a call ended because its connection did not come about or broke, by the codes that Node.js gives its errors. */
export function isConnectionLoss(error: unknown): boolean {
  for (let link = error; types.isNativeError(link); link = link.cause)
    if ("code" in link && codes.test(String(link.code))) return true;
  return false;
}

/**
 * Whether a call may have taken effect although its answer says otherwise or never came: a lost connection, a deadline,
 * a server that is unavailable on the way back, or an answer that is none of the API or cannot be read.
 */
export function mayHaveActed(error: unknown): boolean {
  if (isConnectionLoss(error)) return !neverSent(error);
  if (!(error instanceof ConnectError)) return false;
  return !error.isWireError || doubtful.has(error.code);
}

/** What the API answers where it may have begun. */
const doubtful: ReadonlySet<Code> = new Set([
  Code.Unavailable,
  Code.DeadlineExceeded,
  Code.Aborted,
  Code.Internal,
  Code.Unknown,
  Code.DataLoss,
]);

const codes =
  /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ERR_STREAM_\w+)$/;

function neverSent(error: unknown): boolean {
  for (let link = error; types.isNativeError(link); link = link.cause)
    if ("code" in link && /^(ECONNREFUSED|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/.test(String(link.code))) return true;
  return false;
}
