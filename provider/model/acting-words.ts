import type { Json } from "../value/json";
import type { Method } from "./descriptor";

/** In whose name calls are made that are the business of an account alone. */
export interface ActingWords<I extends string, D> {
  /** The input that is the id of the account. */
  readonly account: I;
  /** Values of inputs without which it is no account that has to make the calls, but whoever has the token. */
  readonly where?: { readonly [path in I]?: Json };
  /** The call that makes a token for the account. */
  readonly mint: Method;
  /** Loads the definition of the account. */
  readonly kind: () => D;
  /** Values of the account with which nothing of it is left, as in `goneIf`. */
  readonly overIf: { readonly [path: string]: Json };
}
