/** One figure of a benchmark, in milliseconds, and the most that it may be. */
export interface Row {
  readonly what: string;
  readonly ms: number;
  readonly most: number;
}

/** Returns the value in the middle. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
