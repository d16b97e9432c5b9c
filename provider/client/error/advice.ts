import { Code, type ConnectError } from "@connectrpc/connect";
import { apis } from "../api";
import { retryDelay } from "../retry-delay";
import { beforeItCounts, hostSetting, tokenSetting } from "../setting";
import type { ErrorContext } from "./api-error";

/** Returns what to do about a Connect error that has no details of its own to say so. */
export function adviceFor(error: ConnectError, context: ErrorContext): string | undefined {
  const { hints } = context.api ?? apis.index;
  const sentences = [advice[error.code]?.(context, error), hints[error.code]].filter((part) => part !== undefined);
  return sentences.length === 0 ? undefined : sentences.join(" ");
}

const advice: { readonly [code in Code]?: (context: ErrorContext, error: ConnectError) => string } = {
  [Code.Unauthenticated]: (context) =>
    `The token in ${tokenSetting(context)} is not valid at ${context.host}: it is wrong, expired, revoked or belongs to another host; set ${tokenSetting(context)} to a valid token, or ${hostSetting(context)} to the token's host.${beforeItCounts(context)}`,
  [Code.PermissionDenied]: (context) =>
    `The token in ${tokenSetting(context)} may not do this: it is read-only, or its owner lacks the role in the organization; use a token with write access, or ask an organization admin for the role.${beforeItCounts(context)}`,
  [Code.NotFound]: () =>
    "It does not exist, or the token may not see it: check the id, and that the token is of the right organization.",
  [Code.AlreadyExists]: () => "Take over what exists with the input adopt, or choose another name.",
  [Code.InvalidArgument]: () => "Correct the input that the server names.",
  [Code.OutOfRange]: () => "Correct the input that the server names.",
  [Code.FailedPrecondition]: () =>
    "Remove what the server says is in the way, or change the program, then run it again.",
  [Code.Aborted]: () => "Something else changed the same object at the same time: run it again.",
  [Code.DeadlineExceeded]: ({ host }) =>
    `${host} did not answer in time, but may have done what was asked: run it again, and it continues from what is there.`,
  [Code.Unavailable]: ({ host }) => `${host} is unavailable: run it again later.`,
  [Code.Unimplemented]: (context) =>
    `${context.host} does not know this call: check that ${hostSetting(context)} names ${(context.api ?? apis.index).title}, in a version that has it.`,
  [Code.Internal]: failed,
  [Code.Unknown]: failed,
  [Code.DataLoss]: failed,
  [Code.ResourceExhausted]: ({ api = apis.index }, error) => {
    const delay = retryDelay(error) ?? api.limitPauses.at(-1);
    return delay === undefined
      ? "This is a quota, so waiting does not help: delete what you do not need, or ask an organization admin to raise the quota."
      : `This is a rate limit: run it again in ${delay / 1000} s, with fewer changes at a time (--parallel) if it happens again.`;
  },
};

function failed(): string {
  return "The server failed: run it again, and tell the vendor's support if it happens again.";
}
