/** Something that goes wrong with the next calls of a method. */
export interface Fault {
  /** The method as `EnvironmentService/CreateEnvironment`, or `*` for any; see `call/name.ts` for those of Classic. */
  readonly method: string;
  /** How many calls it concerns; 1 when left out. */
  readonly times?: number;
  /** How many calls pass unharmed before; 0 when left out. */
  readonly after?: number;
  /** Waits this long before the call is looked at, in milliseconds. */
  readonly delay?: number;
  /** Answers with an error before anything has happened. */
  readonly refuse?: Refusal;
  /**
   * Cuts the connection: `before` the server acts, after it acted but before the answer (`after`), or in the middle of
   * the answer (`inside`).
   */
  readonly lost?: "before" | "after" | "inside";
  /** Acts, and sends the answer one byte at a time, this many milliseconds apart. */
  readonly drip?: number;
  /** Acts, and answers with bytes that are no message. */
  readonly malformed?: boolean;
  /** Answers with this instead of acting, as a proxy on the way would. */
  readonly respond?: RawAnswer;
}

/** An error as the API sends it. */
export interface Refusal {
  /** The Connect code in its wire form, such as `resource_exhausted`. */
  readonly code: CodeName;
  readonly message?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Attaches `google.rpc.RetryInfo` with this delay in seconds; 0 attaches one without delay. */
  readonly retryDelay?: number;
  /** Further details: the full name of a `gitpod.v1` message and its value as proto-JSON. */
  readonly details?: readonly { readonly type: string; readonly value: Readonly<Record<string, unknown>> }[];
}

/** A Connect code in its wire form. */
export type CodeName =
  | "canceled"
  | "unknown"
  | "invalid_argument"
  | "deadline_exceeded"
  | "not_found"
  | "already_exists"
  | "permission_denied"
  | "resource_exhausted"
  | "failed_precondition"
  | "aborted"
  | "out_of_range"
  | "unimplemented"
  | "internal"
  | "unavailable"
  | "data_loss"
  | "unauthenticated";

/** An answer that does not come from the API. */
export interface RawAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The faults that are still to happen. */
export interface FaultBook {
  add(fault: Fault): void;
  clear(): void;
  /** Takes the fault that hits this call, if there is one, off the book. */
  take(method: string): Fault | undefined;
}

/** Opens a book without faults. */
export function createFaultBook(): FaultBook {
  let open: { fault: Fault; skip: number; left: number }[] = [];
  return {
    add: (fault) => open.push({ fault, skip: fault.after ?? 0, left: fault.times ?? 1 }),
    clear: () => {
      open = [];
    },
    take: (method) => {
      const mine = open.filter(({ fault }) => fault.method === "*" || fault.method === method);
      const ready = mine.find(({ skip }) => skip === 0);
      for (const entry of mine.filter(({ skip }) => skip > 0)) {
        entry.skip -= 1;
      }
      if (ready !== undefined) {
        ready.left -= 1;
        open = open.filter(({ left }) => left > 0);
      }
      return ready?.fault;
    },
  };
}
