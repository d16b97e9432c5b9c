import { AsyncLocalStorage } from "node:async_hooks";
import { ConnectError, createContextKey, type Interceptor } from "@connectrpc/connect";
import { codeToString } from "@connectrpc/connect/protocol-connect";
import { plainLine } from "../value/plain-line";
import { redact } from "./error/redact";
import { requestId } from "./request-id";
import { mostAttempts } from "./retry";

/** Takes a line about a call, with the URN of the resource that the call is for, where it is for one. */
export type Tell = (line: string, urn: string | undefined) => void;

/** The URN of the resource that calls are for, for all that an operation does. */
export const about = new AsyncLocalStorage<string | undefined>();

/**
 * Tells how each attempt of a call has ended, and of a stream that it is open and that it has ended: what was called and
 * how that went, never what was sent or answered.
 */
export const watch =
  (tell: Tell): Interceptor =>
  (next) =>
  async (request) => {
    const { contextValues, header, method, signal, stream } = request;
    const began = performance.now();
    const urn = about.getStore();
    const attempt = contextValues.get(attemptKey) + 1;
    contextValues.set(attemptKey, attempt);
    const say = (result: string, headers?: Headers): void => {
      const id = headers && requestId(headers);
      const parts = [
        `${method.parent.typeName.replace(/^gitpod\.(v1\.)?/, "")}/${method.name}`,
        `${Math.round(performance.now() - began)} ms`,
        result,
        stream ? undefined : `attempt ${attempt} of ${mostAttempts}`,
        id && `request id ${id}`,
        urn && resourceIn(urn),
      ];
      // A server may answer with what it was sent.
      const [, token = ""] = header.get("Authorization")?.split(" ") ?? [];
      tell(plainLine(redact(parts.filter((part) => part !== undefined).join(" · "), [token])), urn);
    };
    try {
      const answer = await next(request);
      say(answer.stream ? "open" : "ok", answer.header);
      return answer.stream ? { ...answer, message: untilEnd(answer.message, signal, say) } : answer;
    } catch (error) {
      const { code, metadata } = ConnectError.from(error);
      say(codeToString(code), metadata);
      throw error;
    }
  };

/** Which attempt of a call was the last. */
const attemptKey = createContextKey(0, { description: "attempt" });

/** The kind and the name of a resource. */
function resourceIn(urn: string): string {
  const [, , type, ...name] = urn.split("::");
  return `${type?.split(":").at(-1)} ${name.join("::")}`;
}

async function* untilEnd<T>(
  messages: AsyncIterable<T>,
  signal: AbortSignal,
  say: (result: string) => void,
): AsyncGenerator<T, void> {
  // A reader that stops lets the signal fire, and never comes back here.
  const stop = (): void => say("canceled");
  signal.addEventListener("abort", stop);
  let end = "ok";
  try {
    yield* messages;
  } catch (error) {
    end = codeToString(ConnectError.from(error).code);
    throw error;
  } finally {
    signal.removeEventListener("abort", stop);
    if (!signal.aborted) say(end);
  }
}
