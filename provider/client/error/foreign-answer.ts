import { Code, type ConnectError } from "@connectrpc/connect";
import { apis } from "../api";
import { hostSetting } from "../setting";
import type { Diagnosis, ErrorContext } from "./api-error";

/**
 * Diagnoses an answer that the Connect protocol does not know, such as a web page: most often the host is wrong.
 *
 * Returns nothing when the API itself has spoken, or when the call ended on this side.
 */
export function strangeAnswer(error: ConnectError, context: ErrorContext): Diagnosis | undefined {
  if (error.isWireError) return undefined;
  const { code, rawMessage: words, metadata } = error;
  const { title } = context.api ?? apis.index;
  const type = metadata.get("Content-Type");
  if (isEmpty(metadata)) return localFailure(error, context);
  const target = redirection(metadata.get("Location"), context.host);
  if (target !== undefined) {
    const advice = `${context.host} redirects to ${target}: if that is ${title} you mean, set ${hostSetting(context)} to it.`;
    return { code, words, advice };
  }
  // A gateway in front of the API answers these in its own form.
  if (code === Code.Unavailable || code === Code.Unauthenticated) return undefined;
  const form = type === null ? "" : ` (it answered with ${type.split(";")[0]})`;
  const advice = `${context.host} does not look like ${title}${form}: check ${hostSetting(context)}, and what lies in between, such as a firewall or a sign-in page.`;
  return { code, words, advice };
}

function localFailure({ code, rawMessage: words }: ConnectError, { host }: ErrorContext): Diagnosis | undefined {
  if (code === Code.ResourceExhausted) {
    return { code, words, advice: `The answer of ${host} is larger than the provider accepts.` };
  }
  if (code === Code.Internal || code === Code.InvalidArgument) {
    return { code, words, advice: `The answer of ${host} is cut off or malformed: run it again.` };
  }
  return undefined;
}

function redirection(location: string | null, host: string): string | undefined {
  if (location === null || !URL.canParse(location, host)) return undefined;
  return new URL(location, host).origin;
}

function isEmpty(metadata: Headers): boolean {
  return metadata.keys().next().done === true;
}
