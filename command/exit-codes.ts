/** What the program says by its end. */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  /** Something could not be read, so that the result lacks it. */
  missing: 3,
  interrupted: 130,
} as const;
