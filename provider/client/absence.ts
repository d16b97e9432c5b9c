import { Code, ConnectError } from "@connectrpc/connect";

/** Turns NOT_FOUND into `undefined`: the only place where an absent object stops being an error. */
export async function orAbsent<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ConnectError && error.code === Code.NotFound) return undefined;
    throw error;
  }
}
