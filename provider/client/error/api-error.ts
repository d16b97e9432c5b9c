import type { Code } from "@connectrpc/connect";
import type { Origin } from "../setting";

/** A failed operation in words for the user, with the Connect code and the original error as its cause. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: Code;

  constructor(message: string, code: Code, cause: unknown) {
    super(message, { cause });
    this.code = code;
    // The engine prints stacks; whoever reads a failed deployment has no use for frames of this package.
    this.stack = `${this.name}: ${message}`;
  }
}

/** What an error may name: the base URL, where token and host came from, the proxy; and what it must not. */
export type ErrorContext = Origin & {
  readonly host: string;
  /** The origin of the proxy, without its credentials. */
  readonly proxy?: string | undefined;
  readonly secrets?: Iterable<string> | undefined;
  /** Why the token may have lost the right to the call just before. */
  readonly lostRight?: string | undefined;
};

/** What went wrong (the server's own words where it has spoken), what to do about it, and the code that says so. */
export interface Diagnosis {
  readonly code: Code;
  readonly words: string;
  readonly advice?: string | undefined;
}
