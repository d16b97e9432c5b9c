import type { Code } from "@connectrpc/connect";

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
