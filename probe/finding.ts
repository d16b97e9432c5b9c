import type { Answer } from "./bench";

/** What a probe has found out about an assumption. What it says holds codes, phases and numbers, and no names or ids. */
export type Finding =
  | { readonly outcome: "confirmed" }
  /** The service does something else; `seen` says what, without a full stop. */
  | { readonly outcome: "refuted"; readonly seen: string }
  /** Nothing is known; `why` says what was missing, without a full stop. */
  | { readonly outcome: "notTried"; readonly why: string };

/** The service does as the project assumes. */
export const confirmed: Finding = { outcome: "confirmed" };

/** The service does something else. */
export const refuted = (seen: string): Finding => ({ outcome: "refuted", seen });

/** It could not be found out. */
export const notTried = (why: string): Finding => ({ outcome: "notTried", why });

/** Compares what was expected with what was seen, both of which may be made public. */
export const compared = (expected: unknown, seen: unknown): Finding =>
  JSON.stringify(expected) === JSON.stringify(seen)
    ? confirmed
    : refuted(`${JSON.stringify(seen)} instead of ${JSON.stringify(expected)}`);

/** Finds out whether something is answered as expected: `answered("AlreadyExists", (awaited) => bench.answer(…, awaited))`. */
export const answered = async (expected: Answer, ask: (awaited: Answer) => Promise<Answer>): Promise<Finding> =>
  compared(expected, await ask(expected));
