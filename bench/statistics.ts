/** The figures of a measurement, one for each round. */
export type Figures = readonly number[];

/** Returns the value in the middle. */
export const median = (values: Figures): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** Returns the ratios of what was measured side by side, round by round. */
export const ratios = (values: Figures, floors: Figures): number[] =>
  values.map((value, round) => value / floors[round]!);

/** Returns the sums of what was measured side by side, round by round. */
export const sums = (values: Figures, others: Figures): number[] =>
  values.map((value, round) => value + others[round]!);

/** Tells the median, and the least and the most where they differ: `1.12 (1.05–1.31)`. */
export function spread(values: Figures, digits = 2): string {
  const middle = median(values).toFixed(digits);
  if (new Set(values).size === 1) return middle;
  return `${middle} (${Math.min(...values).toFixed(digits)}–${Math.max(...values).toFixed(digits)})`;
}
