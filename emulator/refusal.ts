import { Code, ConnectError } from "@connectrpc/connect";

/** Details that an answer carries beside its message. */
export type Details = NonNullable<ConstructorParameters<typeof ConnectError>[3]>;

/** The answer for an object that does not exist or that the caller may not see. */
export function notFound(noun: string, id: string): ConnectError {
  return new ConnectError(`${noun} ${id} not found`, Code.NotFound);
}

/** The answer for a request that makes no sense. */
export function invalid(message: string, ...details: Details): ConnectError {
  return new ConnectError(message, Code.InvalidArgument, undefined, details);
}

/** The answer for a request that makes sense, but not in the present state. */
export function precondition(message: string, ...details: Details): ConnectError {
  return new ConnectError(message, Code.FailedPrecondition, undefined, details);
}

/** The answer for a name that is taken. */
export function taken(message: string): ConnectError {
  return new ConnectError(message, Code.AlreadyExists);
}

/** The answer for a caller who lacks a permission. */
export function denied(message: string): ConnectError {
  return new ConnectError(message, Code.PermissionDenied);
}
