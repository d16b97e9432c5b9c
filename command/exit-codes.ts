/** What the program says by its end. */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  /** Something could not be read or found out, so that the result lacks it. */
  missing: 3,
  /** A service does otherwise than the project assumes. */
  refuted: 4,
  /** Something that was made could not be removed. */
  left: 5,
  interrupted: 130,
} as const;
