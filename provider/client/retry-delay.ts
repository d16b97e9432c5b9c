import { Code, ConnectError } from "@connectrpc/connect";
import { RetryInfoSchema } from "../../proto/gen/google/rpc/error_details_pb";

/**
 * Returns the milliseconds after which the server wants a limited call to be made again; undefined for a quota. A
 * RetryInfo without a positive delay says that waiting does not help, whatever the headers say.
 */
export function retryDelay(error: unknown): number | undefined {
  if (!(error instanceof ConnectError) || error.code !== Code.ResourceExhausted) return undefined;
  const info = error.findDetails(RetryInfoSchema)[0];
  if (info) return positive(Number(info.retryDelay?.seconds ?? 0n) + (info.retryDelay?.nanos ?? 0) / 1e9);
  const seconds = error.metadata.get("RateLimit-RetryAfter") ?? error.metadata.get("Retry-After") ?? "";
  return /^\d{1,6}$/.test(seconds) ? positive(Number(seconds)) : undefined;
}

/** Whether a call failed since the account is limited, or a quota is used up. */
export const isLimit = (error: unknown): boolean => ConnectError.from(error).code === Code.ResourceExhausted;

const positive = (seconds: number): number | undefined => (seconds > 0 ? seconds * 1000 : undefined);
