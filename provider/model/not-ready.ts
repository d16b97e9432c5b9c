import type { State } from "./state";

/** The object exists under this id, but is not as it should be: what is known of it has to be kept. */
export class NotReady extends Error {
  constructor(
    readonly id: string,
    readonly state: State,
    message: string,
    cause: unknown,
  ) {
    super(message, { cause });
  }
}
