import { Code, ConnectError } from "@connectrpc/connect";
import { ApiError } from "./api-error";

/** Whether a call that writes was refused with what the server says of absent objects and of those about to go. */
export function isRefusedAsAbsent(error: unknown): boolean {
  return error instanceof ApiError && (error.code === Code.NotFound || error.code === Code.FailedPrecondition);
}

/** Turns NOT_FOUND into `undefined`: the only place where an absent object stops being an error. */
export async function orAbsent<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ConnectError && error.code === Code.NotFound) return undefined;
    throw error;
  }
}
