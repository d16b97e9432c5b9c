import { Code, ConnectError } from "@connectrpc/connect";

/** How a stream ends from the side of the server. */
export type StreamEnd = "clean" | "error" | "connection";

/** The line that a stream runs over. */
export interface Line {
  readonly signal: AbortSignal;
  /** Cuts the connection and returns the error that stands for it. */
  readonly hangUp: () => ConnectError;
}

/**
 * Opens a stream of what is pushed from now on, until its reader leaves or somebody closes it; what `join` returns is
 * called then.
 */
export function openStream<Message>(
  line: Line,
  join: (push: (message: Message) => void, close: (end: StreamEnd) => void) => () => void,
): AsyncGenerator<Message> {
  const queue: Message[] = [];
  let end: StreamEnd | undefined;
  let wake = () => {};
  const push = (message: Message) => {
    queue.push(message);
    wake();
  };
  const close = (how: StreamEnd) => {
    end = how;
    wake();
  };
  // A reader that has gone asks for no more, so that the generator itself would never come to its end.
  const onAbort = () => {
    close("clean");
    leave();
  };
  line.signal.addEventListener("abort", onAbort);
  const part = join(push, close);
  const leave = () => {
    line.signal.removeEventListener("abort", onAbort);
    part();
  };
  return stream();

  async function* stream(): AsyncGenerator<Message> {
    try {
      while (true) {
        const message = queue.shift();
        if (message !== undefined) {
          yield message;
        } else if (line.signal.aborted || end === "clean") {
          return;
        } else if (end !== undefined) {
          throw end === "connection" ? line.hangUp() : new ConnectError("the stream has ended", Code.Unavailable);
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    } finally {
      leave();
    }
  }
}
